/** What the server says of itself to everybody; asked at each start, remembered between them. */

export class ServerInfo {
	/** It holds the demo, whose accounts are published. */
	isDemo = $state(false);
	/** Taipei day on which this browser held data when it last told the server; null = never, or nobody has answered yet. */
	heldOn: string | null = $state(null);

	/** Without a network the remembered answer stands. */
	async refresh(): Promise<void> {
		const { fetchConfig, rememberedConfig } = await import('#lib/remote/server-config.ts');
		this.isDemo = rememberedConfig()?.demo ?? false;
		const config = await fetchConfig();
		if (config === null) return;
		this.isDemo = config.demo ?? false;
		this.heldOn = config.heldOn ?? null;
	}
}
