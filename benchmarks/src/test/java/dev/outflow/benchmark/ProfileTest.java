package dev.outflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static final String TEXT = "dev.outflow.format.Utf8Text.isAscii";
  private static final String READER = "dev.outflow.avro.AvroMessageReader.read";
  private static final String INPUT = "dev.outflow.kafka.input.RecordDecoder.decode";

  @Test
  void countsSharedMethodsForTheStageThatCallsThem() {
    assertThat(Profile.part(List.of(TEXT, "dev.outflow.avro.AvroTextReader.read", READER, INPUT)))
        .isEqualTo("reading the value");
    assertThat(
            Profile.part(
                List.of(
                    TEXT,
                    "dev.outflow.avro.AvroRowWriter.write",
                    "dev.outflow.avro.AvroSerializer.serialize",
                    "StreamExecCalc$1.processElement",
                    READER)))
        .isEqualTo("writing the value");
  }

  @Test
  void countsTheNextOperatorOfTheChainForFlink() {
    String output = "org.apache.flink.streaming.runtime.tasks.ChainingOutput.collect";

    assertThat(Profile.part(List.of(output, READER, INPUT))).isEqualTo("Flink's runtime, other");
  }

  @Test
  void countsUnknownMethodsForFlink() {
    assertThat(Profile.part(List.of("java.lang.Thread.run"))).isEqualTo("Flink's runtime, other");
  }
}
