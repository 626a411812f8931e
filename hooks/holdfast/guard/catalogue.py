"""Every rule and pack, in one list: its module, and what must occur in a command for it to be worth loading.

A word is a program's name.  Others are traits of the whole line:
  :always       every command             :text     the text holds an unprintable character other than tab and newline
  :unknown      a command word that is not known before the run
  NAME=         the variable NAME is set, exported, or given to one command
  :encoded      the text holds an escape or the name of a decoder
  :socket       a redirection opens a network connection
  :write        a redirection or one of WRITERS writes a file that is not near (see ordinary)
  :away         a redirection writes elsewhere than into the project
  :itself       a text that may name Holdfast, the client or their settings
  :hosts        there is a list of permitted hosts                  :address  a text that may hold an address in disguise, or the cloud's
  :secret       a text that may name a secret, see SECRETS           :trusted  one that may name what starts or is obeyed, see TRUSTED
  :taken        a redirection reads what may be a secret or a device
  :setting      Git or a package manager is given a key of its configuration
  :reveals      a secret variable is printed, or the environment searched   :fed  code comes from a redirection
  :serves       a folder may be shown to the network
  :shell        the text may hold the path of a shell  :library   the text may hold the name of a shared library
  :option       a command that an option of another tool runs
  :nonascii :padded :desync :escaped :quoting :ifs :braces :functions :special :zsh   how the text is written, see asking
The name of a program does not count where its use is ordinary; that of a script counts like a program's.
A module holds RULE (a validator) or PACK (patterns). The order here is the order of the documentation.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.guard.rule import Rule

MODULES = (
    ("rules.text.control_characters", ":text"),
    ("rules.text.deceptive_unicode", ":nonascii"),
    ("rules.text.hidden_line", ":padded"),
    ("rules.text.comment_quote_desync", ":desync"),
    ("rules.structural.unparseable", ":unreadable"),
    ("rules.structural.computed_command_word", ":unknown"),
    ("rules.structural.input_redirection", ":fed :taken"),
    ("rules.structural.output_redirection", ":away"),
    ("rules.structural.destructive_target", "rm rmdir unlink shred srm trash trash-put zf_rm wipe grm rimraf del-cli truncate "
                                                "chmod chown chgrp setfacl chattr chflags find mv rsync"),
    ("rules.encoding.decode_and_run", ":encoded base64 gbase64 base32 base16 basenc base58 base45 base62 base91 base85 base122 "
     "ascii85 b64decode "
     "gunzip zcat bunzip2 bzcat unxz xzcat lzcat unzstd zstdcat uncompress lz4cat unlzma lzop brotli zlib-flate uudecode rev tr "
     "rot13 caesar "
     "gzip gzcat bzip2 xz zstd lz4 lzma compress pigz pbzip2 pixz xxd openssl gpg gpg2 age rage ccrypt ccat unzip 7z 7za 7zz "
     "bsdtar tar gtar unrar "
     "qprint mimencode mmencode recode iconv steghide funzip bsdcat cpio ar sops ansible-vault"),
    ("rules.encoding.escaped_words", ":escaped"),
    ("rules.encoding.split_words", ":quoting"),
    ("rules.bash.ifs_injection", ":ifs"),
    ("rules.bash.dangerous_environment", "LD_PRELOAD= LD_AUDIT= LD_LIBRARY_PATH= DYLD_INSERT_LIBRARIES= "
     "DYLD_LIBRARY_PATH= DYLD_FRAMEWORK_PATH= GCONV_PATH= OPENSSL_CONF= "
     "OPENSSL_MODULES= LD_PROFILE_OUTPUT= BASH_ENV= PYTHONSTARTUP= PYTHONHOME= ZDOTDIR= LUA_INIT= R_PROFILE= R_ENVIRON= PERL5DB= INPUTRC= "
     "PYTHONBREAKPOINT= VIMINIT= EXINIT= SHELLOPTS= PYTHONUSERBASE= ENV= PROMPT_COMMAND= PS0= PS1= PS4= PROMPT= RPROMPT= PATH= path= "
     "FPATH= CDPATH= NODE_OPTIONS= BUN_OPTIONS= PERL5OPT= RUBYOPT= JAVA_TOOL_OPTIONS= _JAVA_OPTIONS= JDK_JAVA_OPTIONS= MAVEN_OPTS= "
     "GRADLE_OPTS= GIT_SSH_COMMAND= GIT_SSH= GIT_EDITOR= GIT_SEQUENCE_EDITOR= GIT_PAGER= GIT_EXTERNAL_DIFF= GIT_ASKPASS= "
     "GIT_PROXY_COMMAND= EDITOR= VISUAL= FCEDIT= PAGER= MANPAGER= SYSTEMD_PAGER= PSQL_PAGER= PSQL_EDITOR= LESSOPEN= LESSCLOSE= BROWSER= "
     "SUDO_ASKPASS= SSH_ASKPASS= SUDO_EDITOR= RSYNC_RSH= CVS_RSH= SVN_SSH= SVN_EDITOR= HGEDITOR= LESSEDIT= DELTA_PAGER= BAT_PAGER= "
     "AWS_PAGER= GH_PAGER= GH_BROWSER= GH_EDITOR= MANROFFOPT= TEXEDIT= KUBE_EDITOR= TAR_OPTIONS= GIT_TEMPLATE_DIR= GIT_EXEC_PATH= "
     "GIT_CONFIG_PARAMETERS= GIT_CONFIG_COUNT= PERL5LIB= PERLLIB= RUBYLIB= NODE_PATH= PYTHONPATH= CLASSPATH= LUA_PATH= "
     "LUA_CPATH= "
     "HISTFILE= HISTSIZE= HISTFILESIZE= HISTCONTROL= SAVEHIST= HISTIGNORE= SHELL= MAKEFLAGS= GNUMAKEFLAGS= GIT_CONFIG_GLOBAL= "
     "GIT_CONFIG_SYSTEM= GIT_CONFIG="),
    ("rules.bash.brace_obfuscation", ":braces"),
    ("rules.bash.indirect_execution", ":functions eval source . trap exec enable hash bind alias command builtin bash sh zsh dash ksh ash"),
    ("rules.bash.special_files", ":special"),
    ("rules.zsh.zsh_modules", "zmodload zf_rm zf_mv zf_ln zf_mkdir zf_rmdir zf_chmod zf_chown zf_chgrp zf_sync sysopen syswrite "
                                  "sysread sysseek ztcp zsocket zpty zftp sched zsystem"),
    ("rules.zsh.zsh_expansion", ":zsh"),
    ("rules.persistence.startup_persistence",
     ":trusted crontab fcrontab incrontab at batch systemctl launchctl update-rc.d chkconfig rc-update insserv "
     "systemd-run defaults osascript "
     "schtasks schtasks.exe reg reg.exe sc sc.exe pm2 gsettings dconf sysv-rc-conf udevadm sysrc rcctl"),
    ("rules.persistence.trust_persistence",
     ":trusted :setting claude codex gemini openclaw clawdbot moltbot opencode goose amp cursor-agent qwen security certutil "
     "certutil.exe keytool trust yadm"),
    ("rules.escalation.privilege_escalation",
     ":write :shell :library :option ! !bash !sh :!bash :!sh :sh :shell LinEnum.sh addgroup adduser amicontained ash bash "
     "ansible-test chsh helm dockerd pwnkit dirtycow dirtyc0w dirtypipe cowroot logrotten suid3num dirty_sock sudo_inject ghci mosh "
     "unzip patchelf "
     "script tshark nmap bpftool strace ltrace gdb dtruss frida bpftrace mysql mariadb pic v:shell bashark.sh beroot beroot.py bfs "
     "busctl chgpasswd chgrp chmod chown chpasswd chroot csh csrutil ctr dash dbus-send "
     "deepce.sh docker docker-compose dscl dseditgroup elvish find fish gchmod gdbus getcap gfind ginstall gpasswd groupadd "
     "groupmems groupmod gtfonow gtfonow.py incus insmod install kexec ksh ksh93 kubectl ldapadd ldapmodify les.sh les2.pl "
     "linPEAS.sh linenum linenum.sh linpeas linpeas.sh linux-exploit-suggester linux-exploit-suggester-2.pl "
     "linux-exploit-suggester.sh linuxprivchecker.py lse.sh luseradd lusermod lxc mksh modprobe mount nerdctl net newgrp "
     "newusers nsenter nu oc osascript osh passwd pdksh peass podman podman-compose posh pspy pspy32 pspy64 pw rbash reg "
     "reg.exe run-parts runas runuser rzsh sash security setcap setfacl setfattr setpriv sg sh snap spctl su sudo sudo-rs "
     "sudo_killer.sh sudoedit suid3num.py sysadminctl sysctl tcsh traitor umask unix-privesc-check update-alternatives "
     "useradd usermod vigr vipw visudo winPEAS.exe winpeas winpeas.exe xargs xattr xonsh yash zsh"),
    ("rules.escalation.remote_code",
     ":socket cancel finger whois rlogin logger ab xhs rustcat ftpget GET Xnest aria2c aterm autossh aws axel az azcopy b2 bashupload clip "
     "clip.exe croc cryptcat curl curlftpfs "
     "curlie dbclient dbd delv dig dnslookup doctl dog doggo drill dropbear dropbox_uploader.sh elinks fetch ffsend ftp "
     "gcloud gdrive getent gh gist glab gnutls-cli gotty gs-netcat gsocket gsutil hcat host hping3 http httpie https hub "
     "ibmcloud in.rlogind in.rshd in.telnetd ipfs kdig kubectl lftp links lwp-download lwp-request lxterminal lynx "
     "magic-wormhole mail mailx mc megaput msmtp mutt nc nc.exe nc.openbsd nc.traditional nc6 nc64.exe ncat ncat.exe "
     "ncftpput neomutt netcat nping nslookup oci onionshare onionshare-cli openssl pastebinit pbcopy ping ping6 powercat "
     "powershell pscp pwncat pwncat-cs pwsh rcat rclone rcp resolvectl restic revshell rlogind rshd rsync rxvt s-nail s3cmd "
     "sbd scp scp.exe sendemail sendmail sftp shellinaboxd smbclient socat ssh ssmtp swaks systemd-resolve telnet telnetd "
     "termbin tftp transfer ttyd urxvt utelnetd uxterm w3m websocat wetty wget wget2 wl-copy wormhole wput xclip xh xhs xsel "
     "xterm"),
    ("packs.git", "bfg brz bzr chg dolt dvc fossil git git-branch git-checkout git-clean git-commit git-filter-branch git-filter-repo "
     "git-push git-reset git-restore git-rm git-stash git-switch git.exe hg hub jj lakectl p4 repo svn yadm"),
    ("packs.holdfast_itself",
     ":itself :write Write Edit MultiEdit NotebookEdit Touch CLAUDE_CODE_SIMPLE= CLAUDE_CODE_SAFE_MODE= 7z bsdtar chattr chflags chgrp "
     "chmod chown cp cpio curl dd del-cli ditto find gcp ginstall gmv grm install link ln mount mv patch rename rimraf rm rmdir rsync "
     "setfacl setfattr shred sponge srm tar tee trash trash-put truncate umount unlink unzip wget wipe xattr zf_chmod zf_chown zf_ln "
     "zf_mv zf_rm"),
    ("packs.databases", "aerich alembic artisan atlas aws beeline bench bq buffalo bun celery clickhouse clickhouse-client "
     "cockroach console "
     "cqlsh cypher-shell databricks db2 dbmate deno diesel django django-admin dotnet dotnet-ef drizzle-kit dropdb dropuser "
     "drush duckdb etcdctl etcdutl flask flyway gcloud goose gradle gradlew hasura heroku hive impala-shell influx influxd "
     "innochecksum isql kafka-consumer-groups kafka-consumer-groups.sh kafka-delete-records kafka-delete-records.sh "
     "kafka-topics kafka-topics.sh kcat keydb-cli knex liquibase litecli manage.py mariadb mariadb-admin masonite medusa "
     "memcflush memflush meteor migrate mikro-orm mix mongo mongorestore mongosh mssql-cli mvn mvnw mycli myisamchk mysql "
     "mysql_install_db mysqladmin mysqlsh nats nc ncat neo4j-admin netcat node osql perl pg_createcluster pg_dropcluster "
     "pg_resetwal pg_resetxlog pg_restore pgcli phinx php piccolo pnpm presto prisma promtool pscale psql pulsar-admin "
     "python python3 rabbitmqadmin rabbitmqctl rails rake redis-cli redli refinery rel rpk rqlite ruby sail sea-orm-cli "
     "sequelize sequelize-cli snow snowsql soda spark-sql sqitch sqlcmd sqlite sqlite3 sqlplus sqlplus64 sqlx strapi "
     "supabase telnet tern trino ts-node tsql tsx turso typeorm typeorm-ts-node-commonjs typeorm-ts-node-esm usql valkey-cli "
     "vsql wp wrangler yarn ycqlsh yoyo ysqlsh"),
    ("packs.containers", "VBoxManage buildctl colima crane docker docker-compose docker-machine finch incus lima limactl lxc "
     "multipass nerdctl "
     "oras orbctl pct podman podman-compose prlctl qm rdctl reg regctl skopeo vagrant vboxmanage virsh"),
    ("packs.kubernetes", "argo argocd cilium clusterctl crossplane eksctl flux gardenctl helm helm3 helmfile istioctl k k0s "
     "k0sctl k3s k9s kn "
     "knative kops kubeadm kubecolor kubectl kubectl-argo linkerd longhornctl microk8s microk8s.kubectl oc openshift-install "
     "rancher rke talosctl tkn velero"),
    ("packs.cloud", "aliyun aws az azcopy b2 backblaze-b2 bq brightbox cinder civo clever cli53 cloudflared coscmd dnscontrol doctl dokku "
     "equinix exo flarectl gcloud gridscale gsutil hcloud hcloud-cli huaweicloud ibmcloud ionosctl katapult koyeb linode-cli "
     "mc mcli metal namecheap neutron northflank nova oci openstack ossutil ossutil64 ovhcloud packet porkbun qshell rack "
     "rclone s3cmd s4cmd s5cmd scaleway scalingo scw swift tccli triton upctl uplink vultr-cli yc"),
    ("packs.infrastructure", "amplify ansible apex arc architect aws-cdk bao barman bconsole borg borgmatic caprover cdk cdktf "
     "ceph ceph-volume cf "
     "chalice chef-server-ctl claudia consul copilot dokku drbdadm duplicacy duplicity eb ecs-cli encore gluster kamal knife "
     "kopia linstor longhornctl microceph nitric nomad opentofu pgbackrest pulumi puppet puppetserver rados radosgw-admin "
     "rbd rdiff-backup restic salt salt-key salt-run salt-ssh sam serverless sls snapper sst tarsnap terraform terragrunt "
     "terramate timeshift tmutil tofu up vault wal-e wal-g waypoint zappa"),
    ("packs.registries", "altool anaconda ansible-galaxy ant app-store-connect aptly beachball binstar bun bunx butler cabal "
     "cargo changeset "
     "choco chrome-webstore-upload cloudsmith cnpm codemagic-cli-tools conan cpan-upload cr createrepo dart deno dotnet dub "
     "eas elm fastlane flatpak-external flit flutter galaxy gem goreleaser gradle gradlew hatch helm jf jfrog jsr lein lerna "
     "luarocks maturin mill mix mvn mvnd mvnw nimble np npm nuget nx opam ovsx package_cloud pause pdk pdm pipx "
     "play-publisher pnpm pod poetry pulp puppet-module-build python python3 quetz rake rattler-build rebar3 release-it "
     "release-plz reprepro rush rye sbt semantic-release shards shipit shipjs snapcraft stack steamcmd swiftpm twine uv uvx "
     "vsce vscode-vsce web-ext xcrun yarn yarnpkg"),
    ("packs.hosting", "akamai algolia appveyor auth0 berglas bk buildkite-agent bw chamber circleci clerk codefresh confluent "
     "contentful curl "
     "deck deployctl doppler drone fastly firebase firebase-tools flipt fly flyctl gh gitlab-runner glab heroku http https "
     "hub infisical java jenkins jenkins-cli kong ldcli neon neonctl netlify netlify-cli newrelic now nsupdate ntl okta op pd "
     "pscale railway "
     "render sanity sendgrid sentry-cli splunk supabase surge tea tfx travis turso unleash vc vercel wget wrangler xh"),
    ("packs.egress", ":hosts :address GET HEAD Open POST WebFetch ab aria2c autossh axel curlie elinks fetch ffuf ftp gobuster grpcurl hey "
     "http httpie https httrack kcat ldapsearch lftp links lwp-request lynx mariadb mongodump mongosh mosh mysql mysqldump "
     "nc ncat netcat nmap nuclei pg_dump psql redis-cli rsync scp sftp siege socat sqlmap ssh ssh-copy-id telnet tftp w3m "
     "websocat wrk wscat xh xhs youtube-dl yt-dlp"),
    ("packs.file_tools", "Edit Glob Grep LS MultiEdit NotebookEdit NotebookRead Read Touch Write"),
    ("packs.credentials",
     ":secret :reveals security secret-tool pass gopass op bw lpass vault gcloud az aws kubectl oc heroku doppler infisical "
     "chamber sops ansible-vault keyring kwallet-query keyctl fly flyctl doctl consul terraform pulumi vercel supabase "
     "railway cmdkey dotenvx berglas credstash ejson conjur keepassxc-cli kpcli rbw firebase stripe ibmcloud aliyun nmcli "
     "netsh unshadow john gcore procdump nanodump memdump trufflehog gitleaks noseyparker ggshield detect-secrets chntpw samdump2 "
     "printenv gpg gpg2 avml lime"),
    ("packs.filesystem",
     "7z 7za 7zr 7zz aescrypt bcrypt bleachbit bsdtar ccencrypt ccrypt chattr chflags cp curl dd dupeguru fallocate fdupes "
     "file-rename gcp gdd ginstall gln gmknod gmv gpg gpg2 gtar install jdupes link ln mcrypt mknod mmv mount mv node "
     "openssl perl perl-rename php prename pypy3 python python3 rar rdfind rename renameutils ruby tar tee tmpreaper tmpwatch "
     "umask umount wget yes zip zmv"),
    ("packs.disks",
     "MegaCli MegaCli64 VBoxManage arcconf asr badblocks bcachefs beegfs-ctl bless blkdiscard bootctl borg btrfs ceph "
     "ceph-volume cfdisk cgdisk cryptsetup dban dc3dd dcfldd dd ddrescue debugfs diskutil dmsetup drbdadm duplicity e2fsck "
     "e2label efibootmgr esxcli extlinux fdisk flashrom fsck fsck.ext4 fsck.xfs gdd gdisk gluster govc gpart grub-install "
     "grub2-install hadoop hdfs hdparm hpssacli iscsiadm kexec kopia lilo lvreduce lvremove lvresize mdadm megacli mkdosfs "
     "mke2fs mkexfatfs mkfs mkfs.bfs mkfs.btrfs mkfs.cramfs mkfs.erofs mkfs.exfat mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.f2fs "
     "mkfs.fat mkfs.jfs mkfs.minix mkfs.msdos mkfs.ntfs mkfs.reiserfs mkfs.ubifs mkfs.vfat mkfs.xfs mkntfs mkreiserfs mkswap "
     "mkudffs mokutil multipass multipath newfs newfs_apfs newfs_hfs newfs_msdos ntfsfix nvme nvram nwipe parted partx pct "
     "perccli perccli64 prlctl proxmox-backup-client pvesm pvremove qm rados rbd rdiff-backup reiserfsck resize2fs restic "
     "sas2ircu sas3ircu scrub sfdisk sg_format sg_sanitize sgdisk shred snapper srm ssacli storcli storcli64 stratis swapoff "
     "targetcli timeshift tmutil tune2fs tw_cli vboxmanage vdo velero vgreduce vgremove vim-cmd virsh wipe wipefs xfs_growfs "
     "xfs_repair zfs zpool"),
    ("packs.processes",
     "atexec.py avml bash beroot.py bloodhound.py burnP6 cksum commix.py cpuburn crackmapexec.py dcomexec.py dd deepce.sh "
     "dirsearch.py dtruss empire.py enum4linux.pl evilginx.py fastboot_reboot forever gcore gdb gdd getadusers.py "
     "getnpusers.py getuserspns.py gkill god goldeneye.py gtfonow.py halt hulk.py init keylogger.py kill killall killall5 "
     "lazagne.py les.sh les2.pl linenum.sh linpeas.sh linux-exploit-suggester-2.pl linux-exploit-suggester.sh "
     "linuxprivchecker.py lldb loginctl lse.sh ltrace lua md5sum memdump mimipenguin.py mimipenguin.sh mitm6.py monit "
     "nikto.pl node nosqlmap.py ntlmrelayx.py patator.py perl petitpotam.py php pkill pm2 pmset poweroff printerbug.py "
     "procdump procdump64 psexec.py pspy.sh pupy.py python python2 python3 ransomware.py reboot responder.py reverse- "
     "shell.py revshell.py routersploit.py rsf.py ruby s6-svscanctl screen secretsdump.py setoolkit.py sh sha1sum sha256sum "
     "sha512sum shutdown shutdown.exe skill slay slowloris.py smbexec.py sqlmap.py strace stress stress-ng sublist3r.py "
     "suid3num.py supervisorctl swap_digger.sh sysbench_burn sysctl systemctl telinit theharvester.py tmux tplmap.py "
     "unix_privesc_check.py wifite.py wmiexec.py xsstrike.py yes zellij zerologon.py"),
    ("packs.users",
     "aa-complain aa-disable aa-remove-unknown aa-teardown addgroup adduser apparmor apparmor_parser atrm auditd authconfig "
     "authselect chage chkconfig chpasswd clamd cron crond crontab csrutil date dbus defaults delgroup deluser dpasswd dscl "
     "dseditgroup fail2ban falcon-sensor falconctl fdesetup fips-mode-setup firewalld gdate gpasswd groupadd groupdel "
     "groupmems hostname hostnamectl hwclock initctl invoke-rc.d ipa iptables kadmin kadmin.local kextload kextunload "
     "keytool launchctl ldapadd ldapdelete ldapmodify ldapmodrdn ldappasswd mdatp network networking newusers osqueryctl "
     "pam-auth-update passwd profiles pw rc-service rc-update rsyslog samba-tool scutil security semanage semodule "
     "sentinelctl service setenforce setsebool smbldap-useradd smbpasswd softwareupdate spctl sshd stop supervisorctl sv "
     "sysadminctl syslog systemctl systemsetup tccutil timedatectl trust ufw update-crypto-policies update-rc.d useradd "
     "userdel usermod vigr vipw visudo"),
    ("packs.history",
     "dd SetFile audit auditctl auditpol auditpol.exe augenrules cp dmesg ed faillock fc gsed gtouch history journalctl lastlog "
     "ln log logrotate logtamper mv pam_tally2 rm savelog sed set setopt shopt shred sponge srm tee touch truncate unlink "
     "unset unsetopt utmpdump wipe wtmpclean"),
    ("packs.network",
     ":serves GetNPUsers.py GetUserSPNs.py LinEnum.sh Responder.py airbase-ng aircrack-ng aireplay-ng airmon-ng airodump-ng anydesk "
     "arp arp-scan arpspoof arptables autossh beef-xss bettercap bloodhound-python bore brctl brutespray bully "
     "butterfly.server.py cewl chisel chntpw chrome-remote-desktop cloudflared cme commix conntrack crackmapexec crowbar csf "
     "dbclient deepce.sh dirb dirbuster dnscat dnscat2 dnschef dnsenum dnsrecon dnsspoof driftnet dsniff dumpcap earthworm "
     "ebtables empire enum4linux enum4linux-ng ethtool ettercap evil-winrm evilginx evilginx2 fakeap fcrackzip feroxbuster "
     "firewall-cmd fping frpc frps gobuster goldeneye gost gotty gs-netcat gsocket hashcat havoc hcxdumptool hostapd-wpe "
     "hping hping3 hulk hydra ifconfig ifdown inveigh iodine iodined ip ip6tables ip6tables-restore ipset iptables "
     "iptables-legacy iptables-nft iptables-restore john john-the-ripper kerbrute kickstart laZagne laZagne.py lazagne "
     "les.sh ligolo-ng linenum.sh linpeas linpeas.sh linux-exploit-suggester.sh localtunnel loic loophole lse.sh lt "
     "macchanger macof masscan mdk3 mdk4 medusa mimikatz mimipenguin mitm6 msfconsole msfdb msfvenom naabu nbtscan nc ncat "
     "ncrack netcat netdiscover netexec netfilter-persistent networksetup nft ngrep ngrok nikto nmap nmcli nping ntlmrelayx "
     "ntlmrelayx.py nxc onesixtyone pagekite patator pdfcrack peirates pfctl ping ping6 plink psexec.py pspy pspy32 pspy64 "
     "ptunnel pwdump rathole rcp reaver recon-ng remsh resolvectl responder revsocks rexec rfkill rlogin route rpivot rsh "
     "rsync rubeus rustdesk rustscan scp secretsdump.py setoolkit sftp shellinaboxd shellter sish sliver sliver-server "
     "slogin slowhttptest slowloris smbexec.py smbmap snoop socat socketfilterfw sqlmap ssh sshpass sshuttle sshx sslstrip "
     "stratus systemd-resolve t50 tailscale tc tcpdump tcpflow teamviewer theHarvester tmate tor torshammer traitor tshark "
     "ttyd udp2raw ufw unicornscan unshadow upterm urlsnarf veil vncserver wayvnc websocketd wetty wfuzz wg-quick wifite "
     "winpeas wmiexec.py wpscan wstunnel x0vncserver x11vnc xrdp xsser yersinia zenmap zmap zrok"),
    ("packs.packages",
     "add-apt-repository apk apt apt-add-repository apt-get aptitude bootc brew bun bunx cargo composer conda cpan cpanm "
     "deno dnf do-release-upgrade dpkg easy_install emerge flatpak freebsd-update gem go helm luarocks mamba microdnf "
     "micromamba nix nix-build nix-env nixos-rebuild npm npx opkg pacman pecl pip pip2 pip3 pip3.10 pip3.11 pip3.12 pip3.13 "
     "pip3.14 pip3.8 pip3.9 pipx pkcon pkg pnpm port py python python2 python3 python3.10 python3.11 python3.12 python3.13 "
     "python3.14 python3.8 python3.9 rpm rpm-ostree snap softwareupdate startosinstall tdnf transactional-update "
     "ubuntu-drivers uv uvx xbps-remove yarn yum yum-config-manager zypper"),
    ("packs.supply",
     "7z 7za 7zr 7zz GET POST PhoenixMiner SRBMiner-MULTI aider amp arecord aria2c auggie bfgminer brave brave-browser "
     "bsdtar bunx bzminer ccminer ccminer-x64 cgminer chrome chromium chromium-browser claude clawdbot clawdhub clawhub "
     "claymore cline codesign codex copilot cpuminer cpuminer-multi cpuminer-opt curl cursor-agent droid ethminer fetch "
     "ffmpeg firefox fswebcam gemini gminer google-chrome google-chrome-stable goose http httpie https imagesnap import "
     "kawpowminer kdevtmpfsi kinsing links logkeys lolMiner lolminer lwp-download lwp-request lynx microsoft-edge minerd "
     "moltbot msedge nanominer nbminer nc ncat netcat nheqminer npx onezerominer open openclaw opencode osacompile osascript "
     "parecord phoenixminer pnpm qwen rar rec rigel screencapture scrot skills srbminer srbminer-multi t-rex teamredminer "
     "unrar unzip verthashminer w3m wget wildrig xattr xh xinput xkey xmr-stak xmr-stak-cpu xmrig xmrig-cuda xspy xwd"),
    ("packs.messaging",
     "adyen algokey anchor aptos aws bitcoin-cli braintree brownie bsky cardano-cli cast cleos coinbase cosmosd discord-send "
     "discord.sh dogecoin-cli electrum esmtp eth exim exim4 flow forge gaiad gam gammu gammu-smsd-inject geth goal "
     "gocardless gog gyb hardhat himalaya imsg infobip kdeconnect-cli kraken-cli lightning-cli litecoin-cli lncli mail "
     "mailchimp mailgun mailx mastodon matrix-commander messagebird mollie monero-wallet-cli msmtp mutt near neomutt nexmo "
     "nullmailer-inject octez-client osmosisd paypal plivo postmark qmail-inject razorpay resend s-nail sendgrid sendmail "
     "sendsms sendxmpp shopify signal-cli sinch slack slackcat solana spl-token square ssmtp starkli stellar stripe sui "
     "swaks teams-send telegram-send termux-sms-send termux-telephony-call textbelt tezos-client toot truffle twilio twurl "
     "vonage wise xrpl zcash-cli"),
    ("packs.windows",
     "Add-ADGroupMember Add-Content Add-LocalGroupMember Add-MpPreference Add-Type Checkpoint-VM Clear-Content Clear-Disk "
     "Clear-EventLog Clear-History Clear-RecycleBin Copy-Item Disable-ComputerRestore Disable-NetAdapter "
     "Disable-NetFirewallRule Disable-WindowsOptionalFeature Dismount-VHD Enable-PSRemoting Enter-PSSession Expand-Archive "
     "Export-Clixml Format-Volume Get-Clipboard Get-Credential Initialize-Disk Install-Module Invoke-Command "
     "Invoke-Expression Invoke-Mimikatz Invoke-RestMethod Invoke-WebRequest Invoke-WmiMethod Limit-EventLog Move-Item "
     "MpCmdRun MpCmdRun.exe New-ADUser New-Item New-ItemProperty New-LocalUser New-NetFirewallRule New-PSSession "
     "New-Partition New-ScheduledTask New-Service Out-File RMDIR Register-ScheduledTask Remove-ADUser Remove-Computer "
     "Remove-EventLog Remove-Item Remove-Item.exe Remove-ItemProperty Remove-LocalUser Remove-Module_ Remove-MpPreference "
     "Remove-Partition Remove-Service Remove-VM Rename-Item Restart-Computer Set-ADAccountPassword Set-Acl Set-Content "
     "Set-Disk Set-ExecutionPolicy Set-Item Set-ItemProperty Set-LocalUser Set-MpPreference Set-NetFirewallProfile "
     "Set-Partition Set-Service Start-BitsTransfer Start-Process Stop-Computer Stop-Process Stop-Service Stop-VM "
     "Uninstall-Module Uninstall-WindowsFeature Unregister-ScheduledTask add-adgroupmember add-content add-localgroupmember "
     "add-mppreference add-type attrib attrib.exe bcdedit bcdedit.exe bitsadmin bitsadmin.exe cacls cacls.exe certutil "
     "certutil.exe checkpoint-vm cipher cipher.exe clear-content clear-disk clear-eventlog clear-history clear-recyclebin "
     "cmd cmd.exe cmdkey cmdkey.exe cmstp cmstp.exe copy-item cscript cscript.exe del desktopimgdownldr "
     "desktopimgdownldr.exe disable-computerrestore disable-netadapter disable-netfirewallrule "
     "disable-windowsoptionalfeature diskpart diskpart.exe diskshadow diskshadow.exe dismount-vhd dsadd dsadd.exe dsmod "
     "dsmod.exe dsrm dsrm.exe enable-psremoting enter-pssession erase esentutl esentutl.exe expand-archive explorer "
     "explorer.exe export-clixml fltMC fltMC.exe fltmc fltmc.exe forfiles forfiles.exe format format-volume format.com "
     "fsutil fsutil.exe get-clipboard get-credential hh hh.exe icacls icacls.exe icm ieexec ieexec.exe iexplore iexplore.exe "
     "initialize-disk install-module installutil installutil.exe invoke-command invoke-expression invoke-mimikatz "
     "invoke-restmethod invoke-webrequest invoke-wmimethod irm iwr ksetup ksetup.exe limit-eventlog manage-bde "
     "manage-bde.exe move-item mpcmdrun mpcmdrun.exe msedge msedge.exe mshta mshta.exe msiexec msiexec.exe msxsl msxsl.exe "
     "net net.exe net1 net1.exe netsh netsh.exe new-aduser new-item new-itemproperty new-localuser new-netfirewallrule "
     "new-partition new-pssession new-scheduledtask new-service nltest nltest.exe ntdsutil ntdsutil.exe odbcconf "
     "odbcconf.exe out-file pcalua pcalua.exe powershell powershell.exe presentationhost presentationhost.exe psexec "
     "psexec.exe psexec64 psexec64.exe pwsh pwsh-preview pwsh.exe rd reagentc reagentc.exe reg reg.exe regasm regasm.exe "
     "regedit regedit.exe regini regini.exe register-scheduledtask regsvcs regsvcs.exe regsvr32 regsvr32.exe remove-aduser "
     "remove-computer remove-eventlog remove-item remove-itemproperty remove-localuser remove-module_ remove-mppreference "
     "remove-partition remove-service remove-vm rename-item restart-computer ri rmdir rni rundll32 rundll32.exe saps sc "
     "sc.exe schtasks schtasks.exe sdelete sdelete.exe sdelete64 sdelete64.exe set-acl set-adaccountpassword set-content "
     "set-disk set-executionpolicy set-item set-itemproperty set-localuser set-mppreference set-netfirewallprofile "
     "set-partition set-service setspn setspn.exe spps start start-bitstransfer start-process start.exe stop-computer "
     "stop-process stop-service stop-vm takeown takeown.exe taskkill taskkill.exe tskill tskill.exe uninstall-module "
     "uninstall-windowsfeature unregister-scheduledtask vaultcmd vaultcmd.exe vssadmin vssadmin.exe wbadmin wbadmin.exe "
     "wevtutil wevtutil.exe wmic wmic.exe wscript wscript.exe wsl wsl.exe xcacls xcacls.exe"),
)

# A text without any of these (in small letters) names no secret that `targets` knows of, nor a place where secrets are asked for.
SECRETS = tuple(""".env api[ ssh_host .ssh id_rsa
id_ed25519 id_dsa id_ecdsa .aws .azure shadow secret credential creds .pem .key .p12 .pfx .p8 .ppk .kdbx
.kdb .jks
keystore .keytab token passw passphrase netrc authinfo keyring keychain .gnupg .kube kubeconfig .docker/ .dockercfg dockerconfigjson
history histfile environ sudoers tfstate tfvars terraformrc pgpass my.cnf mylogin pypirc npmrc .git-cred vault wallet cookies login_data
web_data key3.db key4.db logins.json s.sqlite .openclaw .clawdbot .moltbot .claude .codex .gemini opasswd /etc/ssl /etc/sh /run/secrets
letsencrypt
/etc/kubernetes ntds config/sam config/system gh/hosts rclone privkey private_key private.key apikey api_key akia firebase mozilla chrome
chromium bravesoftware .vnc wireguard openvpn .ovpn .gem/ .cargo/cred .m2/set .gradle/gradle .composer .config/ .databricks .snowflake
.snowsql .pulumi .vercel .fly/ .kaggle .huggingface .openai .anthropic .boto .s3cfg .htpasswd .erlang wp-config secring .asc gcp-key
.dev.vars .flaskenv .viminfo .lesshst .msf4 .john .ethereum .bitcoin .electrum .exodus .oci .tsh .step .lpass sitemanager unattend sysprep
confcons .cloudflared .wrangler .ngrok .argocd .railway .tailscale .signal .thunderbird .purple .remmina .filezilla .x11vnc .rhosts .nuget
.jira .cdsapi .weechat .irssi .helm /proc/kcore /proc/self /proc/1 /dev/mem /dev/kmem .doctl .minikube key.json service_account service-
account serviceaccount jenkins 169.254 metadata 100.100.100.200 a9fea9fe 2852039166 lazagne mimipenguin mimikatz linpeas secretsdump
linenum pypykatz firefox_decrypt swap_digger samba/private wpa_supplicant system-connections library/ --raw accesstoken private""".split())
# A text without any of these names nothing that starts by itself, lets somebody in, or is obeyed by an agent or a tool.
TRUSTED = tuple("""bashrc .profile _profile zprofile /profile zshrc zshenv zlogin zlogout bash_log bash_ali bash_fun kshrc mkshrc cshrc
.login .logout
inputrc xinit xsession xprofile .envrc .aliases cron systemd launchagents launchdaemons launchd startupitems loginwindow autostart ld.so.
init.d inittab /etc/init rc.local /rc.d motd udev pam.d pam.conf pam_env apt.conf /etc/network networkmanager dispatcher dbus-1 emond
.plist /spool/ /var/at /at/ /etc/modules modules-load modprobe.d /etc/environment environment.d logrotate.d /etc/skel /etc/dhcp /etc/ppp
/etc/acpi /etc/sv runit /etc/s6 local.d conf.d config/fish /etc/fish completion initramfs dracut grub /etc/kernel binfmt lightdm gdm3
/etc/rc /etc/zsh /etc/csh /etc/bash /x11/ config/i3 config/sway openbox nushell config/zsh config/bash oh-my-zsh plasma hypr bspwm
periodic authorized_keys .ssh .git/ .githooks gitconfig config/git git-templ .claude claude.md claude_desktop mcp agents.md agents.over
.cursor .codex .gemini gemini.md .aider .windsurf copilot .openclaw openclaw clawd .moltbot soul.md memory identity.md heartbeat.md
user.md .clinerules .goosehints .continue opencode .kiro .roo .amp managed-settings .qwen qwen.md .trae .cline .augment .factory codex.md
warp.md sudoers passwd shadow /etc/group /private/etc polkit doas.conf /etc/security subuid subgid /etc/fstab /etc/exports core_pattern
sys/kernel release_agent ca-certificates ca-trust ssl/certs /etc/hosts hosts.equiv /etc/ssh .rhosts .shosts .k5login vimrc .vim/ exrc nvim
nanorc gdbinit lldbinit pythonrc irbrc pryrc .rprofile psqlrc sqliterc mailcap mongorc screenrc tmux.conf .emacs curlrc wgetrc npmrc
yarnrc .forward procmailrc muttrc pydistutils customize.py .pth pip.conf .pip .hgrc tasks.json .iex .octaverc .guile cli-plugins
.kube/plug gradle/init .m2/ .cargo/config nsswitch alternatives krb5.conf postfix /etc/aliases dpkg.cfg yum-plug pluginconf security/
ipython .jupyter apparmor selinux inetd tmpfiles /etc/audit syslog journald lib/python lib64/python /etc/paths toprc .rtorrent dstat
dpkg/info tcc.db
neofetch mpv/ crypttab login.defs /etc/shells sudo.conf kde/ .hooks lxsession .zsh/ .bash_
bash_completion termux""".split())


def all_rules() -> "list[Rule]":
    """Every Rule and Pattern, loaded, in catalogue order. Raises ImportError, AttributeError when a file is missing or damaged."""
    found: "list[Rule]" = []
    for name, _ in MODULES:
        module = load(name)
        found += module.PACK.patterns if hasattr(module, "PACK") else (module.RULE,)
    return found


def stated_rules() -> "tuple[Rule, ...]":
    """The rules that a person's own words set. Without such words they find nothing, so they are not among `all_rules`."""
    from holdfast.guard.stated.rules import RULES

    return RULES


def rule_of(code: str) -> "Rule | None":
    """The Rule with this code, or None."""
    return next((rule for rule in (*all_rules(), *stated_rules()) if rule.code == code), None)


def load(name: str) -> "Any":
    """The module with this name, imported when it has not been."""
    return __import__(f"holdfast.guard.{name}", fromlist=("RULE",))
