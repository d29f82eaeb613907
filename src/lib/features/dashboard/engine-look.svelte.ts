/** What the server last said of its engine, asked again while the board is looked at. */
import { clock } from '#lib/care-ui/clock.svelte.ts';
import type { SyncStatus } from '#lib/sync/workspace.ts';
import type { EngineHealth, EngineWatch } from './engine-port.ts';

export class EngineLook {
	/** undefined: not asked yet · null: not reached. */
	health = $state.raw<EngineHealth | null>();

	/** To be made while a component is. */
	constructor(watch: EngineWatch, status: SyncStatus) {
		$effect(() => {
			// Each minute, and when the line comes or goes.
			void clock.now;
			void status.online;
			void watch.look().then((answer) => (this.health = answer));
		});
	}
}
