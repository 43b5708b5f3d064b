import { BlockList, isIP } from 'node:net';

const nearby = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const)
  nearby.addSubnet(network, prefix, 'ipv4');
nearby.addAddress('::1', 'ipv6');
nearby.addSubnet('fc00::', 7, 'ipv6');
nearby.addSubnet('fe80::', 10, 'ipv6');

/** True for a host that is this machine for certain. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * True for a host that nothing leaves to strangers by, as far as its name tells: this machine, a private address, the
 * one label of a container's name, and the names by which a container calls its own machine. A single label that
 * begins with a digit may be an address in disguise (`134744072` is 8.8.8.8).
 */
export function isLocalHost(host: string): boolean {
  const family = isIP(host);
  if (family !== 0) return nearby.check(host, family === 4 ? 'ipv4' : 'ipv6');
  return /^[a-z]([a-z0-9_-]*[a-z0-9])?(\.localhost|\.(docker|containers)\.internal)?$/i.test(host);
}
