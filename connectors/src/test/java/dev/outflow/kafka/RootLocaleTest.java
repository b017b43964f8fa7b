package dev.outflow.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootLocaleTest {
  private final Locale original = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(original);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "az-AZ", "ar-EG", "fa-IR", "mr-IN", "th-TH-u-nu-thai"})
  void replacesLocalesThatFlinkDoesNotSupportForTheCallOnly(String tag) {
    Locale.setDefault(Locale.forLanguageTag(tag));

    assertThat(inRootLocale()).isEqualTo(Locale.ROOT);
    assertThat(RootLocale.call(() -> RootLocale.call(() -> "%d".formatted(12)))).isEqualTo("12");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                RootLocale.call(
                    () -> {
                      throw new IllegalStateException();
                    }));
    assertThat(Locale.getDefault()).isEqualTo(Locale.forLanguageTag(tag));
    assertThat(Locale.getDefault(Locale.Category.FORMAT)).isEqualTo(Locale.forLanguageTag(tag));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "pl-PL", "ja-JP", "ru-RU"})
  void leavesOtherLocalesAlone(String tag) {
    Locale.setDefault(Locale.forLanguageTag(tag));

    assertThat(inRootLocale()).isEqualTo(Locale.forLanguageTag(tag));
  }

  private static Locale inRootLocale() {
    return RootLocale.call(() -> Locale.getDefault());
  }

  @Test
  void replacesFormatLocaleToo() {
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG"));

    assertThat(RootLocale.call(() -> "%d".formatted(12))).isEqualTo("12");
    assertThat(Locale.getDefault(Locale.Category.FORMAT)).isEqualTo(Locale.forLanguageTag("ar-EG"));
    assertThat(Locale.getDefault()).isEqualTo(original);
  }
}
