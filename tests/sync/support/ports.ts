/** Ports that do one thing differently: for listening in, and for planting faults. */
import type { RemotePort } from '#lib/sync/remote-port.ts';

export function withSync(
	port: RemotePort,
	sync: (
		request: Parameters<RemotePort['sync']>[0],
		signal: AbortSignal
	) => ReturnType<RemotePort['sync']>
): RemotePort {
	return {
		pokes: port.pokes,
		renewSession: () => port.renewSession(),
		history: (request, signal) => port.history(request, signal),
		confirmWipe: (clientId) => port.confirmWipe(clientId),
		sync
	};
}
