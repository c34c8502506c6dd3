//! Numbers in digits. A float is its shortest decimal, in integers only: the standard library's own printing weighs 9.7 KB
//! in the browser.

/// Pushes a whole number in digits.
pub(crate) fn push_whole(number: i64, out: &mut String) {
    if number < 0 {
        out.push('-');
    }
    push_digits(number.unsigned_abs(), out);
}

/// The same of one without a sign.
pub(crate) fn push_digits(number: u64, out: &mut String) {
    if number >= 10 {
        push_digits(number / 10, out);
    }
    out.extend(u32::try_from(number % 10).ok().and_then(|digit| char::from_digit(digit, 10)));
}

/// The whole number that a float is, sign aside, where it is one below 2⁵³ (beyond, neighbours are more than one apart).
pub(crate) fn whole(number: f64) -> Option<u64> {
    let (mantissa, exponent) = parts(number)?;
    match u32::try_from(exponent) {
        Ok(0) => Some(mantissa),
        Ok(_) => None,
        Err(_) if mantissa == 0 => Some(0),
        Err(_) => {
            let shift = exponent.unsigned_abs();
            let value = mantissa.checked_shr(shift)?;
            (value.checked_shl(shift) == Some(mantissa)).then_some(value)
        }
    }
}

/// The shortest decimal that reads back as this float; never in powers of ten.
pub(crate) fn shortest(number: f64) -> String {
    let mut out = String::new();
    if number.is_sign_negative() && number != 0.0 {
        out.push('-');
    }
    if let Some(value) = whole(number) {
        push_digits(value, &mut out);
        return out;
    }
    let Some((mantissa, exponent)) = parts(number) else {
        out.push_str(if number.is_nan() { "NaN" } else { "inf" });
        return out;
    };
    let (digits, point) = digits(mantissa, exponent);
    if point <= 0 {
        out.push_str("0.");
        (point..0).for_each(|_| out.push('0'));
    }
    let mut place = 0;
    for digit in digits {
        if place == point && point > 0 {
            out.push('.');
        }
        out.push(char::from(b'0' + digit));
        place += 1;
    }
    (place..point).for_each(|_| out.push('0'));
    out
}

/// mantissa · 2^exponent, of a finite number.
fn parts(number: f64) -> Option<(u64, i32)> {
    let bits = number.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match i32::try_from((bits >> 52) & 0x7FF).ok()? {
        0x7FF => None,
        0 => Some((fraction, -1074)),
        biased => Some((fraction | (1 << 52), biased - 1075)),
    }
}

/// The digits of the shortest decimal, and how many stand before its point (Steele and White's and Dybvig's free-format
/// algorithm: `number / scale` is what is left to print, `below` and `above` how far it may be missed).
fn digits(mantissa: u64, exponent: i32) -> (Vec<u8>, i32) {
    let even = mantissa.is_multiple_of(2);
    // At a power of two the neighbour below is half as far away.
    let closer = mantissa == 1 << 52 && exponent > -1074;
    let mut number = Big::new(mantissa);
    let (mut scale, mut below) = (Big::new(1), Big::new(1));
    let shift = exponent.unsigned_abs();
    if exponent >= 0 {
        number.shift(shift);
        below.shift(shift);
    } else {
        scale.shift(shift);
    }
    number.shift(1);
    scale.shift(1);
    let mut above = below.clone();
    if closer {
        number.shift(1);
        scale.shift(1);
        above.shift(1);
    }
    let reaches = |number: &Big, above: &Big, scale: &Big| {
        let order = number.plus(above).order(scale);
        order.is_gt() || (even && order.is_eq())
    };
    let mut point = 0;
    while reaches(&number, &above, &scale) {
        scale.times(10);
        point += 1;
    }
    loop {
        let mut next = (number.clone(), above.clone());
        next.0.times(10);
        next.1.times(10);
        if reaches(&next.0, &next.1, &scale) {
            break;
        }
        (number, above) = next;
        below.times(10);
        point -= 1;
    }
    let mut digits = Vec::new();
    loop {
        number.times(10);
        below.times(10);
        above.times(10);
        let mut digit = 0;
        while number.order(&scale).is_ge() {
            number.minus(&scale);
            digit += 1;
        }
        let low = number.order(&below);
        let low = low.is_lt() || (even && low.is_eq());
        let high = reaches(&number, &above, &scale);
        if low || high {
            let up = if low && high { number.plus(&number).order(&scale).is_ge() } else { high };
            digits.push(digit + u8::from(up));
            return (digits, point);
        }
        digits.push(digit);
    }
}

/// A whole number of any size, its lowest 32 bits first, without zeros at its end.
#[derive(Clone)]
struct Big(Vec<u32>);

impl Big {
    fn new(value: u64) -> Big {
        let mut big = Big(vec![low(value), low(value >> 32)]);
        big.trim();
        big
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn times(&mut self, factor: u32) {
        let mut carry = 0;
        for limb in &mut self.0 {
            carry += u64::from(*limb) * u64::from(factor);
            *limb = low(carry);
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    fn shift(&mut self, bits: u32) {
        for _ in 0..bits / 16 {
            self.times(1 << 16);
        }
        self.times(1 << (bits % 16));
    }

    fn plus(&self, other: &Big) -> Big {
        let (long, short) = if self.0.len() >= other.0.len() { (self, other) } else { (other, self) };
        let mut carry = 0;
        let mut limbs: Vec<u32> = Vec::with_capacity(long.0.len() + 1);
        for (limb, more) in long.0.iter().zip(short.0.iter().chain(std::iter::repeat(&0))) {
            carry += u64::from(*limb) + u64::from(*more);
            limbs.push(low(carry));
            carry >>= 32;
        }
        if carry > 0 {
            limbs.push(low(carry));
        }
        Big(limbs)
    }

    /// Takes away a number that is not larger.
    fn minus(&mut self, other: &Big) {
        let mut borrow = false;
        for (limb, less) in self.0.iter_mut().zip(other.0.iter().chain(std::iter::repeat(&0))) {
            let (rest, first) = limb.overflowing_sub(*less);
            let (rest, second) = rest.overflowing_sub(u32::from(borrow));
            *limb = rest;
            borrow = first || second;
        }
        self.trim();
    }

    fn order(&self, other: &Big) -> std::cmp::Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

/// The lowest 32 bits.
fn low(value: u64) -> u32 {
    u32::try_from(value & 0xFFFF_FFFF).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_float_is_written_as_people_write_it() {
        for (number, written) in [
            (13_838_381_234.0, "13838381234"),
            (0.0, "0"),
            (-0.0, "0"),
            (0.1, "0.1"),
            (-1.005, "-1.005"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e21, "1000000000000000000000"),
            (1.5e-7, "0.00000015"),
            (9_007_199_254_740_993.0, "9007199254740992"),
            (5e-324, &format!("0.{}5", "0".repeat(323))),
        ] {
            assert_eq!(shortest(number), written);
        }
    }

    proptest! {
        #[test]
        fn every_float_is_its_shortest_decimal(bits: u64) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite() && number != 0.0);
            prop_assert_eq!(shortest(number), format!("{number}"));
        }

        #[test]
        fn short_decimals_read_back(n in -1_000_000_000_i64..1_000_000_000, places in 0_u32..6) {
            let number = f64::from(i32::try_from(n).unwrap_or_default()) / f64::from(10_u32.pow(places));
            prop_assert_eq!(shortest(number), if number == 0.0 { "0".to_owned() } else { format!("{number}") });
        }
    }
}
