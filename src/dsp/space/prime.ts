/** @returns the smallest prime not below `from`: delays without common factors do not sound together */
export function primeFrom(from: i32): i32 {
  let candidate = max(3, from | 1);
  while (!isPrime(candidate)) candidate += 2;
  return candidate;
}

function isPrime(odd: i32): bool {
  for (let divisor = 3; divisor * divisor <= odd; divisor += 2) if (odd % divisor == 0) return false;
  return true;
}
