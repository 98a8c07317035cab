/** Invented people; any likeness is chance. */
const LAST = ["VALMONTEL", "BRÉZILLAC", "D'ORSENNE", "KERVADEC", "MONTAUBRAY", "QUINTEFEUILLE", "LASSERANDE", "PÉRIGNOLLE", "TREMBLEAU", "VAUCRESSONNE"];
const FIRST = ["Ondine", "Balthazar", "Clémentine", "Éloi", "Maëlys", "Jean-Marc", "Sidonie", "Anatole", "Isaure", "Gaspard"];

export interface Person {
  last_name: string;
  first_name: string;
}

export function person(index: number): Person {
  return {
    last_name: LAST[index % LAST.length] ?? "VALMONTEL",
    first_name: FIRST[(index * 7 + Math.floor(index / 10)) % FIRST.length] ?? "Ondine",
  };
}
