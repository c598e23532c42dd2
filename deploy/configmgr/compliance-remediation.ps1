<#
.SYNOPSIS
  Remediation script of a configuration item: puts the evidence and the request to send where the administrator finds them.
.DESCRIPTION
  What stands in the way belongs to the owners of firewall, proxy or name servers: no script on this server should change
  it. This one writes the page and the request to C:\ProgramData\wayclear, for exactly what fails now.

  Proven by tests: that the command line is one, and that it uses nothing newer than Windows PowerShell 5.1 by name. Not
  run: neither PowerShell nor Configuration Manager is where the tests run.
#>
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$folder = Join-Path $env:ProgramFiles 'wayclear'
$reports = Join-Path $env:ProgramData 'wayclear'

$program = @('wayclear.exe', 'wayclear.cmd') |
  ForEach-Object { Join-Path $folder $_ } |
  Where-Object { Test-Path -LiteralPath $_ } |
  Select-Object -First 1
if (-not $program) { exit 2 }
if (-not (Test-Path -LiteralPath $reports)) {
  New-Item -ItemType Directory -Path $reports | Out-Null
}
# What lies in the folder is read as configuration: for Local System and administrators alone. Anybody may have made it.
$owner = (Get-Acl -LiteralPath $reports).GetOwner([System.Security.Principal.SecurityIdentifier]).Value
if (@('S-1-5-18', 'S-1-5-32-544') -notcontains $owner) {
  exit 2
}
& icacls.exe $reports /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null

Set-Location -LiteralPath $reports
& $program check --proxy system --deadline 2m --quiet --format table --format html=report.html --format firewall-request=request.md --fail-on never
exit $LASTEXITCODE
