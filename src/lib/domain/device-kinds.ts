/** Tubes and devices that people have at home. Names: the tube list of the home-care exchange (無/鼻胃管/氣切/導尿管/造瘻/其他) and common aids. */

export interface DeviceKind {
	readonly code: string;
	readonly nameZh: string;
	readonly nameEn: string;
}

const kind = (code: string, nameZh: string, nameEn: string): DeviceKind => ({
	code,
	nameZh,
	nameEn
});

/** Tubes first. How often one is changed is not said here: its maker and the hospital say so, on the card of the person. */
export const DEVICE_KINDS: readonly DeviceKind[] = [
	kind('nasogastric_tube', '鼻胃管', 'Nasogastric tube'),
	kind('gastrostomy', '胃造口', 'Gastrostomy (PEG)'),
	kind('urinary_catheter', '尿管', 'Urinary catheter'),
	kind('cystostomy', '膀胱造口', 'Cystostomy'),
	kind('tracheostomy', '氣切管', 'Tracheostomy'),
	kind('wound_drain', '傷口引流管', 'Wound drain'),
	kind('colostomy', '腸造口', 'Colostomy'),
	kind('oxygen', '氧氣', 'Oxygen'),
	kind('ventilator', '呼吸器', 'Ventilator'),
	kind('suction', '抽痰機', 'Suction machine'),
	kind('feeding_pump', '灌食幫浦', 'Feeding pump'),
	kind('bed', '電動床', 'Electric bed'),
	kind('air_mattress', '氣墊床', 'Air mattress'),
	kind('wheelchair', '輪椅', 'Wheelchair'),
	kind('walker', '助行器', 'Walker'),
	kind('other', '其他', 'Other')
];

export function deviceKind(code: string): DeviceKind | null {
	return DEVICE_KINDS.find((known) => known.code === code) ?? null;
}
