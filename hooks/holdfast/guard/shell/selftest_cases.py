r"""Texts for the reader's self-test: each runs the stub `hid` in some shell, or comes close. Data only.

EVASIONS: the reader must list `hid`, or refuse the text, wherever a shell runs it. DYNAMIC: the word comes to be at run
time, by class; the reader lists what there is to list, and `understand` judges it.
"""

# The command word, spelled.
_SPELLINGS = (
    "hid", "'hid'", '"hid"', "h''id", 'hi""d', "\\hid", "h\\i\\d", "$'hid'", "$'\\x68\\151\\u0064'", "hi\\\nd", "'h'\"i\"d", "$'h'id",
)

# Where a command may stand.
_PLACES = (
    "{} x", ":; {}", ": && {}", ": | {}", "({})", "{{ {}; }}", "! {}", "if {}; then :; fi", "x=$({})", "echo \"$({})\"", ": <({})",
    "for i in 1; do {}; done", "case a in a) {} ;; esac", "f() {{ {}; }}; f", "A=1 B=2 {}", ">f {}", "cat <<E\n$({})\nE", "time {}",
    "echo ${{x:-$({})}}", "a=(1 \"$({})\")", "[[ -n $({}) ]]", "echo $(( $({}) + 1 ))", ": & {}",
)

_SPELLED = tuple(place.format(spelling) for place in _PLACES for spelling in _SPELLINGS)

_LISTS = (
    "false || hid", ": && ! hid", "false; hid", ":\nhid", ": \\\n; hid", ":;\\\nhid", ":&hid", ":|&hid", ": |\n\n hid",
    ": &&\n# note\nhid", ":;:;:;hid", "\n\n\thid", "  hid", "{\nhid\n}", "{ :;}; hid", "(:)&&hid", "(:);hid", "((:);hid)", "! ! hid",
    "! { hid; }", "time -p hid", "time { hid; }", "time ! hid", "{ { { hid; }; }; }", "( ( ( hid ) ) )", "{ (hid) }", "(hid\n)",
    "( # note )\nhid )", "coproc hid; wait", "coproc NAME { hid; }; wait", "coproc { hid; }; wait", "coproc ( hid ); wait",
)

_COMPOUND = (
    "if :; then hid; fi", "if false; then :; else hid; fi", "if false; then :; elif hid; then :; fi",
    "if false; then :; elif false; then :; elif :; then hid; fi", "if : & then hid; fi", "if (:) then hid; fi", "if { :; } then hid; fi",
    "if [[ a ]]; then hid; fi", "if ((1)); then hid; fi", "while hid; do break; done", "while :; do hid; break; done",
    "until hid; do break; done", "until false; do hid; break; done", "for i; do :; done; hid", "for i in a b\ndo hid\ndone",
    "for i in a; { hid; }", "for ((i=0; i<1; i++)); do hid; done", "for ((i=0; i<1; i++)) { hid; }", "for ((;;)) do hid; break; done",
    "for i in $(hid); do :; done", "for i in \"`hid`\"; do :; done", "for i in a do; do hid; done", "for in in in; do hid; done",
    "select i in a; do hid; break; done <<< 1", "while :; do hid; break; done < /dev/null", "if :; then hid; fi > f 2>&1",
    "case a in b) :;; a) hid;; esac", "case a in (a) hid ;; esac", "case a in a|b) hid;; esac", "case a in *) hid; esac",
    "case a in a) :;& b) hid;; esac", "case a in a) :;;& *) hid;; esac", "case a in\n# a)\na) # )\nhid;; # ;;\nesac",
    "case a in esac; hid", "case \"$(hid)\" in *) ;; esac", "case a in $(hid)) ;; *) ;; esac", "case ')' in ')') hid;; esac",
    "case a in a) ;; esac; hid", "case a in a) case b in b) hid;; esac;; esac", "case a\nin a) hid\nesac",
    "case esac in (esac) hid;; esac", "case a in [a-c]) hid;; esac", "f() { hid; }; f", "f () ( hid ); f", "function f { hid; }; f",
    "function f() { hid; }; f", "function f () ( hid ); f", "f() if :; then hid; fi; f", "f() for i in 1; do hid; done; f",
    "f() { g() { hid; }; g; }; f", "f()\n\n{ hid; }\nf", "f-g() { hid; }; f-g", "f.g() { hid; }; f.g", "function f\n{ hid; }\nf",
    "f() { :; } > f; hid", "f() { :; }; f; hid", "function a:b { hid; }; a:b",
)

_CONDITIONS = (
    "[[ a == a ]] && hid", "[[ a =~ (a|b) ]] && hid", "[[ 'a b' =~ (a b) ]] && hid", "[[ a =~ ^(a)$ ]] && hid", "[[ ( a && a ) ]] && hid",
    "[[ a < b && b > a ]] && hid", "[[ a\n== a ]] && hid", "[[ -z '' ]]; hid", "[[ a =~ a|b ]] && hid", "[[ a == [[:alpha:]] ]] && hid",
    "[[ ' ]] ' == *]* ]] && hid", "[[ a =~ $(hid)a ]]", "[[ $(hid) =~ x ]] || :", "[[ a == @(a|b) ]] && hid", "[[ a != \"$(hid)\" ]]",
    "[[ a =~ \"(\" ]] || hid", "[[ a =~ [(] ]] || hid", "[[ a == a ]] # ]]\nhid", "[ a = a ] && hid", "[[ ! a ]] || hid",
    "test \"$(hid)\"", "[[ x ]] > f; hid", "[[ a =~ a\\ b ]] || hid", "[[ a ]\\\n] && hid ]]",
)

_ARITHMETIC = (
    "((1)); hid", "((0)) || hid", "(( $(hid) + 1 ))", "(( `hid` + 1 ))", "echo $((1<<2)); hid", "echo $(( (1) )); hid",
    "echo $((`hid`+1))", "echo $[ $(hid) + 1 ]", "echo $[1+1]; hid", "((hid) )", "( (hid) )", "((:) ; hid)", "((:); (hid))", "$( (hid) )",
    "echo $((hid) )", "echo $((:); (hid))", "(( 1 # 2 )); hid", "echo \"$((1))$(hid)\"", "((x=1,y=2)); hid", "((1))&&hid", "((1))#\nhid",
    "echo $(('$(hid)'))", "(( '$(hid)' ))", "echo $(( \"$(hid)\" + 1 ))", "for ((i=$(hid)0; i<0; i++)); do :; done",
    "echo $(( $((1)) + $(hid)1 ))", "echo $((1))\nhid", "echo $(( 1 )) $( hid )",
    "(( 1 << 'E' $(case a in a) echo 1;; esac) ))\nhid\nE\n))", "echo $(( 1 << 'E' $(case a in a) echo 1;; esac) ))\nhid\nE\n))",
    "(( a[$(hid)0] ))", "echo $((\\\n$(hid)1))", "(\\\n(hid) )",
)

_ASSIGNMENTS = (
    "x=$(hid)", "x=`hid`", "x=a$(hid)b y=1", "x=1 y=$(hid) :", "a=($(hid))", "a+=(1 `hid`)", "a=(1\n# )\n$(hid)\n)", "a=([0]=$(hid))",
    "a=([$(hid)0]=1)", "a[$(hid)0]=1", "a[0]=$(hid)", "a[1]+=$(hid)", "declare -a a=($(hid))", "export A=$(hid)", "local_=$(hid)",
    "readonly R=$(hid)", "typeset T=`hid`", "declare A=1 B=$(hid)", "x= hid", "x=; hid", "x=a;hid", "a=(); hid", "a=(b c) ; hid",
    "x+=1 hid", "a=(1)#; hid", "a=(1)hid", "a[ # ]; hid", "a[b c]; hid", "a[1 + 1]=5; hid", "A\\\n=1 hid", "A=\\\n1 hid", "fo\\\no=1 hid",
    "a[1]\\\n=2 hid", "A+\\\n=1 hid", "x='\n' hid", "x=\"$(:)\" hid", "x=<(hid)", "x={ hid", "x=a\\ b hid", "a=([1]=x [2]=$(hid))",
)

_REDIRECTIONS = (
    "</dev/null hid", ">f hid", "2>f hid x", "hid>f", "hid>&2", "hid 2>&1", ">f 2>&1 hid", "> f hid", ">>f hid", "&>f hid", ">|f hid",
    "<>f hid", "{fd}>f hid", "exec 3>f; hid", "exec {fd}>f; hid", ">$(hid; echo f) :", "> \"$(hid; echo f)\"", "< <(hid) cat",
    "cat < <(hid)", ": > >(hid)", "tee >(hid) </dev/null", "cat <(:) <(hid)", "2>&- hid", ">&- hid", ">&-; hid", "<&- hid", "3>&1 hid",
    ": 2>f;hid", "{ :; } >f;hid", "(:) >f 2>&1 && hid", ">f\nhid", ": >f&hid", ": &>f; hid", ": >& f; hid", "cat <<< hid; hid",
    "cat <<< \"$(hid)\"", "cat <<<$(hid)", "exec {a[$(hid)0]}>f", ": {a[$(hid)0]}>f", ">&-#x; hid", "2\\\n>f hid", ">\\\n>f hid",
    ": &\\\n>f hid", ": >!f; hid", ": 2>&1&hid", "<f while hid", ">f { hid; }", "cat <\\\n(hid)", "while :; do break; done >f; hid",
    ": > f hid; hid",
)

_EXPANDED_TWICE = (
    ": >&'$(hid)'", ": >&\"\\$(hid)\"", ": >&\\$\\(hid\\)", ": >&$'`hid`'", "exec >&'$(hid)'", ": 1>& '`hid`'", "[[ 'a[$(hid)0]' -eq 1 ]]",
    "[[ -v 'a[$(hid)0]' ]]", "x=ab; echo ${x:'a[$(hid)0]'}", "x=ab; echo \"${x:'a[$(hid)0]':1}\"", "echo ${y['a[$(hid)0]']}",
)

_DOCUMENTS = (
    "cat <<E\n$(hid)\nE", "cat <<E\n`hid`\nE", "cat <<E\n${x:-$(hid)}\nE", "cat <<E\nx\nE\nhid", "cat <<'E'\n$(x)\nE\nhid",
    "cat <<\"E\"\n`\nE\nhid", "cat <<\\E\n'\nE\nhid", "cat <<E''F\n'\nEF\nhid", "cat <<-E\n\t$(hid)\n\tE", "cat <<-E\n\t\tx\n\t\tE\nhid",
    "cat <<-'E'\n\t'\n\tE\nhid", "cat <<E; hid\nx\nE", "cat <<E && hid\nx\nE", "cat <<E | hid\nx\nE", "cat <<E |\nx\nE\nhid",
    "cat <<A <<B\na\nA\n$(hid)\nB", "cat <<A; cat <<B\n'\nA\n\"\nB\nhid", "cat <<A & cat <<'B'\n\"\nA\n$(\nB\nhid",
    "{ cat <<E\nx\nE\nhid; }", "(cat <<E\nx\nE\nhid)", "if :; then cat <<E\nx\nE\nhid; fi", "f() { cat <<E\n$(hid)\nE\n}; f",
    "x=$(cat <<E\n)\nE\nhid)", "echo \"$(cat <<'E'\n\")\nE\nhid)\"", "x=$(cat <<E\n$(hid)\nE\n)", "cat <<E\n\\$(x)\n$(hid)\nE",
    "cat <<E # '\nx\nE\nhid", "cat <<E >f\nx\nE\nhid", ">f cat <<E\nx\nE\nhid", "cat <<E\nE \nE\nhid", "cat <<E\n E\nE\nhid",
    "cat <<E\nE\n#\nhid", "cat <<''\nx\n\nhid", "cat <<\"A B\"\nx\nA B\nhid", "cat <<E\r\nx\r\nE\r\nhid", "cat <<E\nx\\\nE\nE\nhid",
    "cat <<E\n\\\nE\nhid", "cat <<E\nE\\\n\nhid", "cat <<'E'\nx\\\nE\nhid", "cat << E\nx\nE\nhid", "cat <<-\\E\n\t'\n\tE\nhid",
    "cat <<$'E'\n'\nE\nhid", "cat <<$\"E\"\n'\nE\nhid\nE", "cat <<$x\n\necho '\n$x\nhid\n'", "cat <<`x`\n\necho '\n`x`\nhid\n'",
    "cat <<${x}\n'\n${x}\nhid", "cat <<$(x)\n'\n$(x)\nhid", "cat <<E\n$\\\n(hid)\nE", "cat <<\\\nE\n'\nE\nhid",
    "cat <<\\\n-E\n\tE\nhid\n\tE\n'\nE", "cat <<E\\\nF\n'\nEF\nhid", "cat <<A $(:\n)\n'\nA\nhid", "cat <<E; x='a\nb'\n'\nE\nhid",
    "cat <<E; ((1+\n'\nE\n1)); hid", "cat 0<<E\nx\nE\nhid", "cat <<E\n\"$(hid)\"\nE", "cat <<E\n'$(hid)'\nE", "cat <<E\n# $(hid)\nE",
    "cat <<E\n${x:-\"}\"}$(hid)\nE", "cat <<E\n$(cat <<F\n$(hid)\nF\n)\nE", "case a in a) cat <<E\n;;\nE\nhid;; esac",
    "while :; do cat <<E\ndone\nE\nhid; break; done", "cat <<E;cat <<-F\n'\n\tE\nE\n\tF\nhid", "true <<#E\nhid\n#E",
    "cat <<E|cat&&hid\n'\nE", "cat <<`:`\n``\nhid", "a=(1 2) cat <<E\n'\nE\nhid", "cat <<E\n$(( $(hid) + 1 ))\nE",
    "cat <<E\n`echo \\`hid\\``\nE",
)

_SUBSTITUTIONS = (
    "echo $(echo $(hid))", "echo `echo \\`hid\\``", "echo `echo \\`echo \\\\\\`hid\\\\\\`\\``", "echo $(echo `hid`)",
    "echo `echo $(hid)`", "echo \"`echo \"$(hid)\"`\"", "echo \"`hid \\\"a\\\"`\"", "echo \"$(echo \")\")\"; hid",
    "echo $(echo ')'); hid", "echo $(echo \\)); hid", "echo $(# )\nhid)", "echo $(: # ' )\nhid)", "echo $(case a in a) hid;; esac)",
    "echo $(case a in (a) hid;; esac)", "echo $(case a in a) :;; esac); hid", "echo \"$(case ')' in ')') hid;; esac)\"",
    "echo $(<f); hid", "$(hid)", "`hid`", "\"$(hid)\"", "echo ${x:=$(hid)}", "echo ${x-`hid`}", "echo \"${x:-`hid`}\"",
    "x=a; echo ${x:+$(hid)}", "x=abc; echo ${x/b/$(hid)}", "x=abc; echo ${x//$(hid)/}", "x=abc; echo ${x#$(hid)}",
    "x=abc; echo ${x%%\"$(hid)\"}", "x=abc; echo ${x:$(hid)0}", "x=abc; echo ${x:0:$(hid)1}", "x=a; echo ${x^$(hid)}",
    "echo ${a[$(hid)0]}", "echo \"${a[$(hid)0]:-$(:)}\"", "echo ${x:-${y:-$(hid)}}", "echo \"${x:-\"$(hid)\"}\"", "echo ${x:-'a'$(hid)}",
    "echo \"${x:-'$(hid)'}\"", "echo ${x:-\\}}; hid", "echo ${x:-\"}\"}; hid", "echo \"${x#\\}}\"; hid", "echo ${x:-'}'}; hid",
    "echo \"${x:-'}\"; hid; echo \"'}\"", "echo ${#x}; hid", "echo ${#}; hid", "echo $#; hid", "echo ${x##*/}; hid", "echo ${x#\\#}; hid",
    "echo $$ $! $? $- $@ $*; hid", "echo ${!x}; hid", "echo ${x[}; hid; echo ]}", "echo ${x[']}']}; hid", "echo ${x:-{}; hid; echo }",
    "echo ${x:-{a}}; hid", "echo \"${x:-{}\"; hid", "echo ${x:-<(hid)}", "echo \"${x:-<(hid)}\"", "echo ${x:-=(hid)}", "echo =(hid)",
    "echo ${$(hid)}", "echo ${(e)x}; hid", "echo ${ hid; }", "echo ${|hid}", "echo $\\\n(hid)", "echo \"$\\\n(hid)\"",
    "echo \"$\\\n{x:-$(hid)}\"", "echo ${x\\\n:-$(hid)}", "echo ${x:\\\n-$(hid)}", "echo $(\\\nhid)", "echo $=x; hid", "hid$=",
    "\"hid$~\"", "echo $'\\''; hid", "echo $'\\c'; hid; echo $'x'", "echo $'\\c\\'; hid; echo $'x'", "echo $'a\\\\'; hid",
    "echo $\"'\"; hid", "echo \"$'\"; hid; echo \"'\"", "echo \"$\"; hid", "echo $; hid", "echo a$; hid", "echo $\"$(hid)\"",
    "echo <(hid)a", "echo a<(hid)",
)

_QUOTES_AND_COMMENTS = (
    "echo 'a\nb'; hid", "echo \"a\nb\"; hid", "echo \"\\\"\"; hid", "echo '\\'; hid", "echo \"\\\\\"; hid", "echo \\'; hid",
    "echo \\\"; hid", "echo \\\\; hid", "echo \"'\"; hid", "echo '\"'; hid", "echo a#b; hid", "echo a # b\nhid", "echo '#'; hid",
    "echo \\#; hid", "echo \"a\"#b; hid", "echo $x#b; hid", "# note\nhid", ":;# note\nhid", ": # it's\nhid", "# \\\nhid", ": # \"\nhid",
    ":&# note\nhid", "(:)# note\nhid", "echo ''#; hid", "echo `:`#; hid", "echo a\\\n#b; hid", "echo \\\n#b\nhid", "echo ${x}#'\n'; hid",
    ":; #'\nhid #'", "hid #", "#\nhid", "\\\nhid", "h\\\ni\\\nd", "'hid' 'a'\"b\"", "\"h\"\"i\"\"d\"", ":\r\nhid", "hid\r", "\\\r\nhid",
    "echo \"$(echo \"#\")\"; hid", "echo {a,b}; hid", "echo ~; hid", "echo a\tb;\thid", "echo \\ ; hid", "echo a\\", "hid\\", "} hid",
    "{ echo a } always { hid; }", "{ echo a }; hid; }", "i\\\nf :; then hid; fi", "if\\\n :; then\\\n hid; fi", "{\\\n hid; }",
    ": &\\\n& hid", "false |\\\n| hid", "case a in a) :;\\\n; *) ;; esac; hid", "a\\\n() { hid; }; a", "echo !; hid", "! :; hid",
    "!; hid", "time; hid", "!(hid)", ";;\nhid", "hid)", ": &! hid", ": &| hid", "for i (a) hid", "if (:) { hid }",
    "while (:) { hid; break }", "function { hid; }", "() { hid; }", "f() hid; f", "foreach i (a); hid; end", "case a { a) hid ;; }",
    "echo *(e:hid:)", "[[ -n *(#qe:hid:) ]]", "echo a(e:'hid':)", "x=*(e:hid:)",
)

EVASIONS = tuple(dict.fromkeys((*_SPELLED, *_LISTS, *_COMPOUND, *_CONDITIONS, *_ARITHMETIC, *_ASSIGNMENTS, *_REDIRECTIONS,
                                *_EXPANDED_TWICE, *_DOCUMENTS, *_SUBSTITUTIONS, *_QUOTES_AND_COMMENTS)))

DYNAMIC = {
    "word made by an expansion": ("x=hid; $x", "${x:-hid}", "$(echo hid)", "`echo hid`", "x=h; ${x}id", "set -- hid; $1",
                                  "set -- hid; \"$@\""),
    "text read as commands": ("eval hid", "eval 'h''id'", "eval \"$(echo hid)\"", "source <(echo hid)", ". <(echo hid)", "trap hid EXIT"),
    "wrapper": ("command hid", "builtin command hid", "exec hid", "builtin exec hid", ": | time hid"),
    "value that is expanded again": ("x='$(hid)'; : >&$x", "x='a[$(hid)0]'; [[ $x -eq 1 ]]",
                                     "x='a[$(hid)0]'; echo ${!x}", "x='a[$(hid)0]'; read $x <<< y"),
    "arithmetic on text": ("let 'x=a[$(hid)0]'", "x='a[$(hid)0]'; echo $((x))", "test -v 'a[$(hid)0]'",
                           "printf -v 'a[$(hid)0]' x", "x='a[$(hid)0]'; ((x))", "declare -i x='a[$(hid)0]'"),
    "prompt expansion": ("x='$(hid)'; echo \"${x@P}\"",),
    "zsh word": ("- hid", "noglob hid", "nocorrect hid", "repeat 1 hid", "x=hid; eval $x", "emulate zsh -c hid"),
    "other names for a command": ("shopt -s expand_aliases; alias x=hid\nx", "hash -p \"$PATH/hid\" x; x",
                                  "command_not_found_handle() { hid; }; x"),
    "brace expansion": ("{hid,x}", "h{i,}d; :", "{h,}id"),
}
