type Environment = Readonly<Record<string, string | undefined>>

/** What a program with a window needs of the system: where its display, fonts, language, files and session are. */
const names = new Set(
  `
  PATH HOME USER LOGNAME SHELL TMPDIR TZ LANG LANGUAGE DISPLAY WAYLAND_DISPLAY XAUTHORITY DBUS_SESSION_BUS_ADDRESS
  DESKTOP_SESSION GDK_BACKEND GDK_SCALE GDK_DPI_SCALE GTK_THEME GTK_IM_MODULE QT_IM_MODULE XMODIFIERS
  FONTCONFIG_FILE FONTCONFIG_PATH LD_LIBRARY_PATH CHROME_DEVEL_SANDBOX BROWSER KDE_FULL_SESSION SYSTEMROOT WINDIR
  SYSTEMDRIVE COMSPEC PATHEXT TEMP TMP USERPROFILE USERNAME LOCALAPPDATA APPDATA PROGRAMDATA PROGRAMFILES
  PROGRAMFILES(X86) PROGRAMW6432 COMMONPROGRAMFILES COMMONPROGRAMFILES(X86) NUMBER_OF_PROCESSORS
  PROCESSOR_ARCHITECTURE OS HOMEDRIVE HOMEPATH ALLUSERSPROFILE PUBLIC USERDOMAIN __CF_USER_TEXT_ENCODING`
    .trim()
    .split(/\s+/),
)
const prefixes = ['LC_', 'XDG_']

/** The environment for a program that is not Parley (Chromium, the opener of links): an allow-list, so never the key. */
export function environmentForPrograms(env: Environment): Record<string, string> {
  const allowed: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    const upper = name.toUpperCase()
    const isAllowed = names.has(upper) || prefixes.some((prefix) => upper.startsWith(prefix))
    if (value !== undefined && isAllowed) allowed[name] = value
  }
  return allowed
}
