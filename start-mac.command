#!/bin/sh
# Sets up Unionboard in this folder and starts it: double-click on macOS, or sh start-mac.command on Linux. No administrator is needed.
# What it touches: .venv in this folder. Data lie in data/ (or where UNIONBOARD_DATA_DIR says); this script never looks into them.
set -eu
cd "$(dirname "$0")"
case "${UNIONBOARD_LANG:-${LANG:-}}" in en*) chinese= ;; *) chinese=1 ;; esac
say() { if [ -n "$chinese" ]; then echo "$1"; else echo "$2"; fi; }
is_good() { "$1" -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else 1)' 2>/dev/null; }

find_python() {
    for name in python3.13 python3.12 python3.14 python3.11 python3; do
        for place in "$name" "/opt/homebrew/bin/$name" "/usr/local/bin/$name"; do
            if command -v "$place" >/dev/null 2>&1 && is_good "$place"; then
                echo "$place"
                return
            fi
        done
    done
}

state=$(cksum <requirements.txt)
if [ "$(cat .venv/installed.txt 2>/dev/null || true)" != "$state" ] || ! is_good .venv/bin/python; then
    python=$(find_python)
    if [ -z "$python" ]; then
        say "需要 Python 3.11 或更新版本：请从 https://www.python.org/downloads/ 下载安装，再双击一次。" \
            "Python 3.11 or newer is needed: install it from https://www.python.org/downloads/ and double-click again."
        exit 1
    fi
    say "首次使用或更新后要准备几分钟，只用到这个文件夹，您的数据不会动。" \
        "The first start, and one after an update, takes a few minutes. Only this folder is used; your data stay as they are."
    is_good .venv/bin/python || "$python" -m venv --clear .venv
    installed=
    for index in "" https://pypi.tuna.tsinghua.edu.cn/simple https://mirrors.aliyun.com/pypi/simple; do
        if .venv/bin/python -m pip install --disable-pip-version-check --timeout 20 --retries 2 --requirement requirements.txt \
            ${index:+--index-url "$index"}; then
            installed=1
            break
        fi
    done
    if [ -z "$installed" ]; then
        say "组件没有装成，原因见上面。请检查网络后再试一次。" "Not everything could be installed; see above why. Check the network and try again."
        exit 1
    fi
    echo "$state" >.venv/installed.txt
fi
exec .venv/bin/python -m unionboard run "$@"
