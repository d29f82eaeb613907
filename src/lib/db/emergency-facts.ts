/**
 * What this phone knows of one emergency, read without the store's own code: the service worker, which is woken for a notice, has to show it
 * within moments. Plain IndexedDB; never makes or upgrades a store.
 */
import { databaseName } from './local-db-name.ts';

export interface EmergencyFacts {
	readonly incidentType: string;
	readonly severity: string;
	readonly personName: string;
}

/**
 * Null when this phone has no store of that person, or does not have the emergency; and of a suspected abuse, which must not stand on a
 * locked screen in that house, not even veiled. @throws what IndexedDB throws
 */
export async function emergencyFacts(
	userId: string,
	emergencyId: string,
	factory: IDBFactory = indexedDB
): Promise<EmergencyFacts | null> {
	const database = await openExisting(factory, databaseName(userId));
	if (database === null) return null;
	try {
		const emergency = fieldsOf(await rowOf(database, 'emergencies', emergencyId));
		const caseId = emergency['case_id'];
		if (typeof caseId !== 'string' || emergency['audience'] === 'restricted') return null;
		const person = fieldsOf(await rowOf(database, 'cases', caseId));
		return {
			incidentType: String(emergency['incident_type']),
			severity: String(emergency['severity']),
			personName: typeof person['name'] === 'string' ? person['name'] : ''
		};
	} finally {
		database.close();
	}
}

async function openExisting(factory: IDBFactory, name: string): Promise<IDBDatabase | null> {
	return await new Promise((resolve, reject) => {
		const request = factory.open(name);
		// It is not there: what was about to be made is taken back.
		request.onupgradeneeded = () => request.transaction?.abort();
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => {
			if (request.error?.name === 'AbortError') resolve(null);
			else reject(request.error ?? new Error('IndexedDB gave up'));
		};
		request.onblocked = () => resolve(null);
	});
}

async function rowOf(database: IDBDatabase, store: string, id: string): Promise<unknown> {
	return await new Promise((resolve, reject) => {
		const request = database.transaction(store).objectStore(store).get(id);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('IndexedDB gave up'));
	});
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
