/** Public emergency and help lines of Taiwan. */

export interface HelpLine {
	readonly code:
		| 'ambulance'
		| 'police'
		| 'protection'
		| 'long_term_care'
		| 'mental_health'
		| 'migrant'
		| 'caregiver';
	readonly number: string;
	readonly nameZh: string;
	readonly nameEn: string;
}

export const HELP_LINES: readonly HelpLine[] = [
	{ code: 'ambulance', number: '119', nameZh: '消防救護', nameEn: 'Fire and ambulance' },
	{ code: 'police', number: '110', nameZh: '報警', nameEn: 'Police' },
	{
		code: 'protection',
		number: '113',
		nameZh: '保護專線',
		nameEn: 'Protection line (abuse, violence)'
	},
	{ code: 'long_term_care', number: '1966', nameZh: '長照專線', nameEn: 'Long-term care line' },
	{ code: 'mental_health', number: '1925', nameZh: '安心專線', nameEn: 'Mental-health line' },
	{ code: 'migrant', number: '1955', nameZh: '移工專線', nameEn: 'Migrant worker line' },
	{
		code: 'caregiver',
		number: '0800507272',
		nameZh: '家庭照顧者專線',
		nameEn: 'Family caregiver line'
	}
];
