<#
.SYNOPSIS
  Discovery script of a configuration item: Compliant, or what stands in the way.
.DESCRIPTION
  Setting type Script, data type String, run as the computer (not with the logged on user's credentials). Compliance
  rule: the value returned equals Compliant. What differs is reported, as in
    NonCompliant: 11412, 33 unreachable: tls.inspection, proxy.denied

  Proven by tests: that the command line is one, that it uses nothing newer than Windows PowerShell 5.1 by name, and that
  the fields it reads are in the summary. Not run: neither PowerShell nor Configuration Manager is where the tests run.
#>
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$folder = Join-Path $env:ProgramFiles 'wayclear'
$program = @('wayclear.exe', 'wayclear.cmd') |
  ForEach-Object { Join-Path $folder $_ } |
  Where-Object { Test-Path -LiteralPath $_ } |
  Select-Object -First 1
if (-not $program) {
  Write-Output "NonCompliant: wayclear is not in $folder"
  exit 0
}

# A folder that others can not write to: what lies in the working directory is read as configuration.
Set-Location -LiteralPath $folder
$line = & $program check --proxy system --deadline 2m --format summary
$code = $LASTEXITCODE
if ($code -eq 0) {
  Write-Output 'Compliant'
  exit 0
}
if ($code -eq 2 -or -not $line) {
  Write-Output "NonCompliant: wayclear could not check (exit code $code)"
  exit 0
}
$summary = ($line -join '') | ConvertFrom-Json
$causes = @($summary.rootCauses | ForEach-Object { $_.cause } | Select-Object -Unique) -join ', '
$state = if ($summary.complete) { "$($summary.summary.unreachable) unreachable" } else { 'incomplete' }
$message = if ($summary.messageId) { "$($summary.messageId), " } else { '' }
Write-Output "NonCompliant: $message$($state): $causes"
exit 0
