<#
.SYNOPSIS
  Run Scripts of Configuration Manager: checks from the server as Local System, and shows one line of JSON.
.DESCRIPTION
  Import it under Software Library > Scripts, have it approved, and run it on the service connection point. Run Scripts
  cuts output at 4 KB and ends a script after an hour: the summary is shorter, the check takes two minutes at most. The
  whole report lies on the server as C:\ProgramData\wayclear\report.json; `wayclear diagnose report.json` shows it anywhere.

  Proven by tests: that the command line is one, that it uses nothing newer than Windows PowerShell 5.1 by name, and that
  the summary stays below 4,000 bytes. Not run: neither PowerShell nor Configuration Manager is where the tests run.
.PARAMETER What
  Features, hosts or URLs, separated by commas. Empty: what the role needs.
#>
param(
  [string]$What = ''
)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$folder = Join-Path $env:ProgramFiles 'wayclear'
$reports = Join-Path $env:ProgramData 'wayclear'

$program = @('wayclear.exe', 'wayclear.cmd') |
  ForEach-Object { Join-Path $folder $_ } |
  Where-Object { Test-Path -LiteralPath $_ } |
  Select-Object -First 1
if (-not $program) {
  Write-Output "wayclear is not in $folder."
  exit 2
}
if (-not (Test-Path -LiteralPath $reports)) {
  New-Item -ItemType Directory -Path $reports | Out-Null
}
# What lies in the folder is read as configuration: for Local System and administrators alone. Anybody may have made it.
$owner = (Get-Acl -LiteralPath $reports).GetOwner([System.Security.Principal.SecurityIdentifier]).Value
if (@('S-1-5-18', 'S-1-5-32-544') -notcontains $owner) {
  Write-Output "$reports belongs to somebody who is no administrator."
  exit 2
}
& icacls.exe $reports /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null

# Only what names of features, hosts and URLs are made of reaches the command line, and none that begins as an option.
$words = @($What -split ',' | ForEach-Object { $_.Trim() } | Where-Object { $_ -ne '' })
foreach ($word in $words) {
  if ($word -notmatch '^[A-Za-z0-9\[][A-Za-z0-9\-._:/\[\]]*$') {
    Write-Output 'A word holds what no feature, host or URL is made of.'
    exit 2
  }
}

Set-Location -LiteralPath $reports
& $program check @words --proxy system --deadline 2m --format summary --format json=report.json
exit $LASTEXITCODE
