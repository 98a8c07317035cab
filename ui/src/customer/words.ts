/** What the customer reads, in the languages of ID360's own pages. */
export interface CustomerWords {
  /** The language's name for itself. */
  name: string;
  title: string;
  steps: [scan: string, photograph: string, finish: string];
  code: string;
}

export const LANGUAGES = ["fr", "en", "it", "ar", "ko"] as const;
export type CustomerLanguage = (typeof LANGUAGES)[number];

export const WORDS: Record<CustomerLanguage, CustomerWords> = {
  fr: {
    name: "Français",
    title: "Vérifiez votre identité avec votre téléphone",
    steps: ["Scannez ce code avec l’appareil photo", "Photographiez votre pièce d’identité, puis votre visage", "Touchez « Continuer » jusqu’à la fin"],
    code: "QR code qui ouvre la vérification",
  },
  en: {
    name: "English",
    title: "Verify your identity with your phone",
    steps: ["Scan this code with the camera", "Take a picture of your ID document, then of your face", "Tap “Continue” until the end"],
    code: "QR code that opens the verification",
  },
  it: {
    name: "Italiano",
    title: "Verifichi la sua identità con il telefono",
    steps: ["Inquadri questo codice con la fotocamera", "Fotografi il documento, poi il suo viso", "Tocchi «Continua» fino alla fine"],
    code: "Codice QR che apre la verifica",
  },
  ar: {
    name: "العربية",
    title: "تحققوا من هويتكم بواسطة هاتفكم",
    steps: ["امسحوا هذا الرمز بكاميرا الهاتف", "التقطوا صورة لوثيقة هويتكم ثم لوجهكم", "اضغطوا على «متابعة» حتى النهاية"],
    code: "رمز استجابة سريعة يفتح التحقق",
  },
  ko: {
    name: "한국어",
    title: "휴대전화로 본인 확인을 해 주세요",
    steps: ["카메라로 이 코드를 스캔하세요", "신분증을 촬영한 다음 얼굴을 촬영하세요", "끝날 때까지 ‘계속’을 누르세요"],
    code: "본인 확인을 여는 QR 코드",
  },
};

export function languageOf(code: string): CustomerLanguage {
  return LANGUAGES.find((one) => one === code) ?? "en";
}
