/** User and host of a SIP or tel URI, letter by letter as they were written: livekit takes them so. */
export function sipUserHost(uri: string): { readonly user: string; readonly host: string } {
  const [address = ''] = uri.replace(/^(?:sips?|tel):/i, '').split(/[;?]/)
  const at = address.lastIndexOf('@')
  if (/^tel:/i.test(uri)) return { user: address, host: '' }
  const host = address.slice(at + 1).replace(/:\d+$/, '')
  return { user: at < 0 ? '' : (address.slice(0, at).split(':')[0] ?? ''), host }
}
