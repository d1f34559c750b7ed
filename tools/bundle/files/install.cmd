@echo off
setlocal DisableDelayedExpansion
set "TRIED="
:find
set "PY=%LOCALAPPDATA%\Programs\Python\$folder\python.exe"
if not exist "%PY%" for %%R in (HKLM HKCU) do for /f "tokens=2,*" %%A in ('reg query "%%R\Software\Python\PythonCore\$tag\InstallPath" /v ExecutablePath 2^>nul') do if exist "%%B" set "PY=%%B"
if exist "%PY%" "%PY%" -I -c "import tkinter, venv" 2>nul && goto install
if defined TRIED goto failed
set "TRIED=1"
type "%~dp0files\installing.txt"
start "" /wait "%~dp0files\$installer" /passive InstallAllUsers=0 PrependPath=0 Include_launcher=0 Include_pip=1 Include_tcltk=1 Include_test=0 Include_doc=0 AssociateFiles=0 Shortcuts=0
goto find
:failed
type "%~dp0files\not-installed.txt"
pause
exit /b 1
:install
"%PY%" -I "%~dp0files\install.py" %*
pause
