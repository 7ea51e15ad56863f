@echo off
rem Starts Unionboard on Windows by double-clicking; deploy\windows\start.ps1 does the work and says what it does.
chcp 65001 >nul
setlocal
title Unionboard
set "SCRIPT=%~dp0deploy\windows\start.ps1"
if not exist "%SCRIPT%" goto packed
powershell.exe -NoLogo -NoProfile -ExecutionPolicy Bypass -File "%SCRIPT%" %*
if errorlevel 1 goto stopped
exit /b 0

:packed
echo 请先把压缩包全部解压到一个文件夹，再双击其中的 start-windows.cmd。
echo Unpack the whole archive into a folder first, then double-click start-windows.cmd there.

:stopped
echo.
pause
exit /b 1
