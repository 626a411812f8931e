"""A tiny MCP server on standard input and output: three tools that do as they are told, so that what does not happen was refused."""

import json
import subprocess
import sys

STRINGS = {"command": {"type": "string"}, "path": {"type": "string"}, "url": {"type": "string"}, "text": {"type": "string"}}
TOOLS = [{"name": name, "description": name, "inputSchema": {"type": "object", "properties": STRINGS}} for name in ("run", "write_file", "say")]


def done(name, given):
    if name == "run":
        return subprocess.run(["/bin/sh", "-c", given["command"]], capture_output=True, text=True).stdout
    if name == "write_file":
        with open(given["path"], "w") as file:
            file.write("written\n")
        return "written"
    return given["text"]


for line in sys.stdin:
    asked = json.loads(line)
    if "id" not in asked:
        continue
    if asked["method"] == "initialize":
        result = {"protocolVersion": asked["params"]["protocolVersion"], "capabilities": {"tools": {}}, "serverInfo": {"name": "t", "version": "1"}}
    elif asked["method"] == "tools/list":
        result = {"tools": TOOLS}
    elif asked["method"] == "tools/call":
        result = {"content": [{"type": "text", "text": done(asked["params"]["name"], asked["params"]["arguments"])}]}
    else:
        result = {}
    print(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": result}), flush=True)
