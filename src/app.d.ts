import 'unplugin-icons/types/svelte';

declare global {
	namespace App {
		interface Error {
			/** Found again in the console; for whoever helps. */
			code?: string;
		}
	}
}

export {};
