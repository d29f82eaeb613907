/** Makes the first tap as quick as the second. */
import { preloadCode } from '$app/navigation';
import { whenIdle } from './when-idle.ts';

/** What people open all day; the id does not matter for the code. */
const PATHS = [
	'/cases/any',
	'/visits/any',
	'/emergencies/new',
	'/cases',
	'/schedule',
	'/tasks',
	'/messages',
	'/messages/any',
	'/emergencies/any'
];

/**
 * Reads code before it is wanted, while the phone has nothing better to do: at the door what signing in takes, behind it the screens. Only
 * where the service worker has it already: on a bad line a person's data comes first.
 */
export async function preload(isSignedIn: boolean): Promise<void> {
	if (!navigator.serviceWorker.controller) return;
	if (!isSignedIn) {
		await Promise.all([
			import('./remote-server-access.ts'),
			import('./open-workspace.ts'),
			import('./remote-port.ts')
		]);
		await import('#lib/sync/cycle.ts');
		return;
	}
	for (const path of PATHS) {
		await whenIdle();
		await preloadCode(path);
	}
}
