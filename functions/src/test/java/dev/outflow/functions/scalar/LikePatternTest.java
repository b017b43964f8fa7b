package dev.outflow.functions.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LikePatternTest {
  @Test
  void findsWherePatternsBegin() {
    assertThat(index("%b_d%", "a\nbcd bcd")).isEqualTo(3);
    assertThat(index("%[b-c]%", "aCc")).isEqualTo(3);
    assertThat(index("%[^a-z]%", "abc1")).isEqualTo(4);
    assertThat(index("%c", "cac")).isEqualTo(3);
    assertThat(index("ab", "ab")).isEqualTo(1);
    assertThat(index("ab", "abc")).isZero();
    assertThat(index("%", "")).isEqualTo(1);
  }

  @Test
  void takesCharactersOfRegularExpressionsAsTheyAre() {
    assertThat(index("%.%", "a.b")).isEqualTo(2);
    assertThat(index("%\\d%", "1\\d")).isEqualTo(2);
    assertThat(index("%[\\&&[]%", "a&")).isEqualTo(2);
    assertThat(index("%[a%", "x[a")).isEqualTo(2);
    assertThat(index("%[]]%", "x]")).isEqualTo(2);
    assertThat(index("%[%]%", "5%")).isEqualTo(2);
  }

  private static int index(String pattern, String text) {
    return LikePattern.of(pattern).indexIn(text);
  }
}
