/** Sync's road to the server, for one person. */
import { RpcPort } from '#lib/remote/rpc-port.ts';
import { fetchConfig, rememberedConfig } from '#lib/remote/server-config.ts';
import { SessionStore } from '#lib/remote/session-store.ts';
import type { RemotePort } from '#lib/sync/remote-port.ts';
import { phoneMemory } from './phone-memory.ts';

/** Null while this phone does not know where its server is, and cannot ask. */
export async function makeRemotePort(userId: string): Promise<RemotePort | null> {
	const config = rememberedConfig() ?? (await fetchConfig());
	return config && new RpcPort({ config, sessions: new SessionStore(phoneMemory.storage) }, userId);
}
