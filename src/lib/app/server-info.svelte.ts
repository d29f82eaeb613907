/** What the server says of itself to everybody; asked at each start, remembered between them. */
import { fetchConfig, rememberedConfig } from '#lib/remote/server-config.ts';

export class ServerInfo {
	/** It holds the demo, whose accounts are published. */
	isDemo = $state(rememberedConfig()?.demo ?? false);

	/** Without a network the remembered answer stands. */
	async refresh(): Promise<void> {
		const config = await fetchConfig();
		if (config !== null) this.isDemo = config.demo ?? false;
	}
}
