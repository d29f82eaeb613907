/** What the browser says of the space that this app has. */
import type { PhoneStorage } from '#lib/features/settings/port.ts';

/** iOS before 15.2 and pages without HTTPS have no storage manager. */
const manager = (): Partial<StorageManager> => ('storage' in navigator ? navigator.storage : {});

export async function readPhoneStorage(): Promise<PhoneStorage> {
	const { usage = null, quota = null } = (await manager().estimate?.call(navigator.storage)) ?? {};
	const persisted = (await manager().persisted?.call(navigator.storage)) ?? null;
	return { usedBytes: usage, quotaBytes: quota, persisted };
}

/** Asks that the browser never clears this app by itself; answers whether it agreed. */
export async function askToPersist(): Promise<boolean> {
	return (await manager().persist?.call(navigator.storage)) ?? false;
}
