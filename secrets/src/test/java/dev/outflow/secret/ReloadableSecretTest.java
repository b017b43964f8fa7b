package dev.outflow.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReloadableSecretTest {
  private final Now now = new Now();
  private String secret = "first";
  private int reads;
  private final ReloadableSecret<String> rotating =
      new ReloadableSecret<>("test", this::read, texts -> made(texts.get("s")), Runnable::run, now);

  @Test
  void whatChangedIsUsedByTheNextHandshake() {
    assertThat(rotating.current()).isEqualTo("made of first");
    secret = "second";
    now.pass(ReloadableSecret.FRESH);

    assertThat(rotating.current()).isEqualTo("made of second");
    assertThat(rotating.status().refreshes()).isEqualTo(2);
    assertThat(rotating.status().changed()).isEqualTo(now.instant());
  }

  @Test
  void manyHandshakesAtOnceReadOnce() {
    for (int i = 0; i < 100; i++) {
      rotating.current();
    }
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void whatStayedTheSameIsNotMadeAgain() {
    String before = rotating.current();
    now.pass(Duration.ofMinutes(5));

    assertThat(rotating.current()).isSameAs(before);
    assertThat(rotating.status().changed()).isEqualTo(Instant.EPOCH);
    assertThat(rotating.status().confirmed()).isEqualTo(now.instant());
  }

  @Test
  void whatIsBadOrCannotBeReadLeavesTheLastGoodInUseAndIsCounted() {
    rotating.current();
    for (String bad : new String[] {"bad", "unreadable"}) {
      secret = bad;
      now.pass(ReloadableSecret.PAUSE);
      assertThat(rotating.current()).isEqualTo("made of first");
    }
    assertThat(rotating.status().failures()).isEqualTo(2);
    assertThat(rotating.status().confirmed()).isEqualTo(Instant.EPOCH);

    secret = "good again";
    now.pass(ReloadableSecret.PAUSE);
    assertThat(rotating.current()).isEqualTo("made of good again");
  }

  @Test
  void afterAFailureNobodyAsksForAWhile() {
    rotating.current();
    secret = "unreadable";
    now.pass(ReloadableSecret.FRESH);
    rotating.current();
    int soFar = reads;
    now.pass(Duration.ofSeconds(1));

    rotating.current();

    assertThat(reads).isEqualTo(soFar);
  }

  @Test
  void whatNeverWasGoodIsToldAndReadAgainByTheNext() {
    secret = "unreadable";
    assertThatThrownBy(rotating::current).isInstanceOf(SecretException.class).hasMessage("gone");
    secret = "there";

    assertThat(rotating.current()).isEqualTo("made of there");
  }

  @Test
  void whatEndsSoonIsWarnedOfAtFirstUseAndOnceADay() {
    AtomicInteger warnings = new AtomicInteger();
    HasExpiry ending =
        at -> {
          warnings.incrementAndGet();
          return List.of();
        };
    ReloadableSecret<HasExpiry> certificates =
        new ReloadableSecret<>("test", this::read, texts -> ending, Runnable::run, now);

    certificates.current();
    assertThat(warnings).hasValue(1);
    now.pass(Duration.ofHours(23));
    certificates.current();
    assertThat(warnings).hasValue(1);
    now.pass(Duration.ofHours(2));
    certificates.current();
    assertThat(warnings).hasValue(2);
    secret = "unreadable";
    now.pass(Duration.ofHours(25));
    certificates.current();
    assertThat(warnings).as("also when the successor cannot be read").hasValue(3);
  }

  private Map<String, String> read() {
    reads++;
    if (secret.equals("unreadable")) {
      throw new SecretException("gone");
    }
    return Map.of("s", secret);
  }

  private static String made(String of) {
    if (of.equals("bad")) {
      throw new SecretException("no good");
    }
    return "made of " + of;
  }

  /** A clock that stands still until it is told. */
  private static final class Now extends Clock {
    private Instant time = Instant.EPOCH;

    void pass(Duration duration) {
      time = time.plus(duration);
    }

    @Override
    public Instant instant() {
      return time;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
