/** ServerAccess whose code is loaded at the first call; code that cannot be loaded counts as a server that cannot be reached. */
import type { ServerAccess } from './server-access.ts';

const UNREACHABLE = { ok: false, problem: { kind: 'unreachable' } } as const;
const UNREACHABLE_ONLINE = { ok: false, problem: 'unreachable' } as const;

export function lazyServerAccess(): ServerAccess {
	const load = async () => (await import('./remote-server-access.ts')).remoteServerAccess;
	/** A chunk that is missing while offline is a failed network, not a fault of the app. */
	async function attempt<Answer, Failure>(
		call: (server: ServerAccess) => Promise<Answer>,
		failure: Failure
	): Promise<Answer | Failure> {
		let server: ServerAccess;
		try {
			server = await load();
		} catch (problem) {
			console.warn('The code that speaks to the server was not loaded', problem);
			return failure;
		}
		return await call(server);
	}
	return {
		signIn: (...args) => attempt((server) => server.signIn(...args), UNREACHABLE),
		signUp: (...args) => attempt((server) => server.signUp(...args), UNREACHABLE),
		signOut: (...args) => attempt((server) => server.signOut(...args), undefined),
		previewInvitation: (...args) =>
			attempt((server) => server.previewInvitation(...args), UNREACHABLE),
		acceptInvitation: (...args) =>
			attempt((server) => server.acceptInvitation(...args), UNREACHABLE),
		createInvitation: (...args) =>
			attempt((server) => server.createInvitation(...args), UNREACHABLE_ONLINE),
		sentInvitations: (...args) =>
			attempt((server) => server.sentInvitations(...args), UNREACHABLE_ONLINE),
		revokeInvitation: (...args) =>
			attempt((server) => server.revokeInvitation(...args), UNREACHABLE_ONLINE),
		createHandover: (...args) =>
			attempt((server) => server.createHandover(...args), UNREACHABLE_ONLINE),
		openHandovers: (...args) =>
			attempt((server) => server.openHandovers(...args), UNREACHABLE_ONLINE),
		revokeHandover: (...args) =>
			attempt((server) => server.revokeHandover(...args), UNREACHABLE_ONLINE),
		previewHandover: (...args) =>
			attempt((server) => server.previewHandover(...args), UNREACHABLE_ONLINE),
		acceptHandover: (...args) =>
			attempt((server) => server.acceptHandover(...args), UNREACHABLE_ONLINE),
		importCases: (...args) => attempt((server) => server.importCases(...args), UNREACHABLE_ONLINE),
		devices: (...args) => attempt((server) => server.devices(...args), UNREACHABLE_ONLINE),
		calendarFeed: (...args) =>
			attempt((server) => server.calendarFeed(...args), UNREACHABLE_ONLINE),
		requestWipe: (...args) => attempt((server) => server.requestWipe(...args), UNREACHABLE_ONLINE),
		refusedWork: (...args) => attempt((server) => server.refusedWork(...args), UNREACHABLE_ONLINE),
		settleRefused: (...args) =>
			attempt((server) => server.settleRefused(...args), UNREACHABLE_ONLINE),
		previewRule: (...args) => attempt((server) => server.previewRule(...args), UNREACHABLE_ONLINE),
		engineHealth: (...args) => attempt((server) => server.engineHealth(...args), null)
	};
}
