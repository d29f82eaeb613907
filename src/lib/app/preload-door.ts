/**
 * Reads what signing in takes before somebody does it. Only where the service worker has it already: on a bad line the app itself comes first.
 */
export async function preloadDoor(): Promise<void> {
	if (!navigator.serviceWorker.controller) return;
	await Promise.all([
		import('./remote-server-access.ts'),
		import('./open-workspace.ts'),
		import('./remote-port.ts')
	]);
	await import('#lib/sync/cycle.ts');
}
