@echo off
setlocal DisableDelayedExpansion
set "PY=%LOCALAPPDATA%\Programs\Python\$folder\python.exe"
if not exist "%PY%" for %%R in (HKLM HKCU) do for /f "tokens=2,*" %%A in ('reg query "%%R\Software\Python\PythonCore\$tag\InstallPath" /v ExecutablePath 2^>nul') do if exist "%%B" set "PY=%%B"
if not exist "%PY%" type "%~dp0files\not-found.txt"
if exist "%PY%" "%PY%" -I "%~dp0files\install.py" --remove
pause
