/** The published accounts of the demo organisation; offered only where the server says that it holds the demo. */
import type { DemoAccount } from './port.ts';

export const DEMO_PASSWORD = 'connect10-demo';

const account = (name: string, role: DemoAccount['role'], elsewhere = false): DemoAccount => ({
	email: `${name}@demo.connect10.tw`,
	role,
	elsewhere
});

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
	account('worker', 'worker'),
	account('nurse', 'nurse'),
	account('supervisor', 'supervisor'),
	account('manager', 'care_manager'),
	account('family', 'family'),
	account('therapist', 'therapist'),
	account('worker2', 'worker'),
	account('outsider', 'supervisor', true)
];
