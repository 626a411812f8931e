"""The guard of shell commands: reader -> understand -> rules -> decide. Judged before they run, by what they really run."""
