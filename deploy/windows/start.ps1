# Sets up Unionboard in this folder and starts it; no administrator is needed. Called by start-windows.cmd, which people double-click.
#
# What it touches: .venv in this folder (its packages), a shortcut on the desktop if it is wished, Python for this user if it is wished.
# Data lie in data\ (or where UNIONBOARD_DATA_DIR says); this script never looks into them. A second start takes seconds.
# Windows PowerShell 5.1 reads this file by its byte order mark: keep it, and the CRLF.

param([switch]$NoBrowser, [switch]$NoShortcut)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$Root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
$Venv = Join-Path $Root '.venv'
$VenvPython = Join-Path $Venv 'Scripts\python.exe'
$Stamp = Join-Path $Venv 'installed.txt'
$PinsFile = Join-Path $Root 'requirements.txt'
$Wanted = '3.13'
$LongestRoot = 85  # characters: what pip lays below it is up to 170 long, and Windows ends at 260
$Mirrors = @('https://pypi.tuna.tsinghua.edu.cn/simple', 'https://mirrors.aliyun.com/pypi/simple')
$InChinese = if ($env:UNIONBOARD_LANG) { $env:UNIONBOARD_LANG -like 'zh*' } else { (Get-UICulture).Name -like 'zh*' }

function Say([string]$Chinese, [string]$English) {
    Write-Host $(if ($InChinese) { $Chinese } else { $English })
}

function Stop-Here([string]$Chinese, [string]$English) {
    Write-Host ''
    Say $Chinese $English
    exit 1
}

function Confirm-Wish([string]$Chinese, [string]$English) {
    $question = if ($InChinese) { "$Chinese（回车 = 是，n = 否）" } else { "$English (Enter = yes, n = no)" }
    return (Read-Host $question) -notmatch '^\s*[nN否]'
}

# Whether a command is a 64-bit Python from 3.11 on. The Store's placeholder of that name is none: it fails.
function Test-Python([string]$Command, [string[]]$First) {
    $ErrorActionPreference = 'Continue'
    try {
        & $Command @First '-c' 'import sys; sys.exit(0 if sys.version_info >= (3, 11) and sys.maxsize > 2**32 else 1)' 2>&1 | Out-Null
        return $LASTEXITCODE -eq 0
    } catch {
        return $false
    }
}

# The full path of the Python to use, or nothing.
function Find-Python {
    $tried = @()
    foreach ($version in @($Wanted, '3.12', '3.14', '3.11')) {
        $tried += , @('py', @("-$version"))
    }
    $tried += , @('py', @('-3'))
    $tried += , @('python', @())
    $tried += , @('python3', @())
    $folders = @("$env:LOCALAPPDATA\Programs\Python\Python3*", "$env:ProgramFiles\Python3*", 'C:\Python3*')
    foreach ($folder in (Get-Item -Path $folders -ErrorAction SilentlyContinue | Sort-Object Name -Descending)) {
        $tried += , @((Join-Path $folder.FullName 'python.exe'), @())
    }
    foreach ($one in $tried) {
        $command, $first = $one
        if ((Get-Command $command -ErrorAction SilentlyContinue) -and (Test-Python $command $first)) {
            return (& $command @first '-c' 'import sys; print(sys.executable)')
        }
    }
}

# Python for this user alone, by winget, where that is there and wished; else how to get it, and the end. Returns nothing: winget draws here.
function Install-Python {
    Say '这台电脑上没有合适的 Python（需要 64 位的 3.11 或更新版本）。' 'There is no suitable Python on this computer (64-bit, 3.11 or newer).'
    if ((Get-Command 'winget' -ErrorAction SilentlyContinue) -and (Confirm-Wish "现在自动安装 Python $Wanted 吗？只为当前用户安装，不需要管理员。" "Install Python $Wanted now, for this user alone? No administrator is needed.")) {
        & winget install --exact --id "Python.Python.$Wanted" --scope user --source winget --accept-package-agreements --accept-source-agreements
        if (Find-Python) { return }
        Say '自动安装没有成功。' 'That did not work.'
    }
    Stop-Here @"
请自己装一次 Python，两种办法任选：
  1. 打开 https://www.python.org/downloads/windows/ ，下载 Python $Wanted 的 64 位安装程序（Windows installer 64-bit），
     安装时在第一页勾选 Add python.exe to PATH。
  2. 打开 Microsoft Store，搜索 Python $Wanted，点【获取】。
装好以后，再双击 start-windows.cmd。
"@ @"
Install Python once, in one of two ways:
  1. Open https://www.python.org/downloads/windows/ , download the 64-bit installer of Python $Wanted,
     and tick [Add python.exe to PATH] on its first page.
  2. Open the Microsoft Store, search for Python $Wanted and click [Get].
Then double-click start-windows.cmd again.
"@
}

# What pip's own settings name comes first; else PyPI where it answers quickly, else the mirrors in China.
function Get-Indexes {
    $own = & $VenvPython -m pip config get global.index-url 2>$null
    if ($own -or $env:PIP_INDEX_URL) { return @('') + $Mirrors }
    try {
        [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
        $began = Get-Date
        Invoke-WebRequest -UseBasicParsing -TimeoutSec 6 -ErrorAction Stop -Uri 'https://pypi.org/simple/numpy/' | Out-Null  # about a megabyte
        if (((Get-Date) - $began).TotalSeconds -lt 4) { return @('') + $Mirrors }
    } catch {
        Write-Verbose 'Not reached: the mirrors come first.'
    }
    return $Mirrors + @('')
}

function Install-Packages([string]$Python, [string]$State) {
    if (-not (Test-Path -LiteralPath $VenvPython) -or -not (Test-Python $VenvPython @())) {
        Say '[1/2] 准备运行环境（.venv 文件夹）……' '[1/2] Preparing the environment (folder .venv) …'
        & $Python -m venv --clear $Venv
        if ($LASTEXITCODE -ne 0) { Stop-Here '运行环境没有建成，原因见上面。' 'The environment could not be made; see above why.' }
    }
    Say '[2/2] 下载并安装所需组件，第一次要几分钟……' '[2/2] Downloading and installing what is needed; a few minutes the first time …'
    $ErrorActionPreference = 'Continue'  # pip writes notices where PowerShell 5.1 sees errors; exit codes are looked at instead
    foreach ($index in (Get-Indexes)) {
        $from = @()
        if ($index) {
            $from = @('--index-url', $index)
            Say "从镜像下载：$index" "From the mirror $index"
        }
        & $VenvPython -m pip install --disable-pip-version-check --no-warn-script-location --timeout 20 --retries 2 --only-binary ':all:' --requirement $PinsFile @from
        if ($LASTEXITCODE -eq 0) {
            Set-Content -LiteralPath $Stamp -Value $State -Encoding ASCII
            return
        }
    }
    Stop-Here '组件没有装成，原因见上面。请检查网络后再双击一次；已下载的部分不会重来。' 'Not everything could be installed; see above why. Check the network and double-click again; what was downloaded is kept.'
}

function Add-Shortcut {
    if (-not (Confirm-Wish '在桌面上放一个快捷方式吗？' 'Put a shortcut on the desktop?')) { return }
    try {
        $name = if ($InChinese) { '工会年度工作台.lnk' } else { 'Unionboard.lnk' }
        $shortcut = (New-Object -ComObject WScript.Shell).CreateShortcut((Join-Path ([Environment]::GetFolderPath('Desktop')) $name))
        $shortcut.TargetPath = Join-Path $Root 'start-windows.cmd'
        $shortcut.WorkingDirectory = $Root
        $shortcut.Save()
    } catch {
        Say '快捷方式没有放成，不影响使用。' 'The shortcut could not be made; everything else works.'
    }
}

try {
    [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
} catch {
    Write-Verbose 'No console: nothing to set.'
}
$env:PYTHONUTF8 = '1'
$env:UNIONBOARD_LANG = if ($InChinese) { 'zh_CN' } else { 'en' }
Set-Location -LiteralPath $Root

if (-not (Test-Path -LiteralPath $PinsFile)) {
    Stop-Here '文件不全。请把压缩包全部解压到一个文件夹，再双击其中的 start-windows.cmd。' 'Files are missing. Unpack the whole archive into a folder, then double-click start-windows.cmd there.'
}
if ($Root.Length -gt $LongestRoot) {
    Stop-Here "这个文件夹的路径太长：$Root。请把整个文件夹移到短一些的位置，例如 D:\unionboard，再双击一次。" "The path of this folder is too long: $Root. Move the whole folder to a shorter place, such as D:\unionboard, and double-click again."
}

$state = (Get-FileHash -LiteralPath $PinsFile -Algorithm SHA256).Hash
$isReady = (Test-Path -LiteralPath $Stamp) -and ((Get-Content -LiteralPath $Stamp -TotalCount 1) -eq $state) -and (Test-Python $VenvPython @())
if (-not $isReady) {
    $isFirst = -not (Test-Path -LiteralPath $Stamp)
    Say '工会年度工作台：首次使用或更新后要准备一下，全程只用到这个文件夹，您的数据不会动。' 'Unionboard: the first start, and one after an update, sets things up. Only this folder is used; your data stay as they are.'
    $python = Find-Python
    if (-not $python) {
        Install-Python
        $python = Find-Python
    }
    Install-Packages $python $state
    if ($isFirst -and -not $NoShortcut) { Add-Shortcut }
}

$options = @()
if ($NoBrowser) { $options = @('--no-browser') }
& $VenvPython -m unionboard run @options
exit $LASTEXITCODE
