package dev.outflow.kafka.retention;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class TopicIdentityTest {
  private static final Uuid ID = new Uuid(1, 1);

  private final TopicIdentity topic = new TopicIdentity(false);

  @Test
  void reportsAnotherId() {
    assertThat(topic.change(ID)).isEmpty();
    assertThat(topic.change(ID)).isEmpty();
    assertThat(topic.change(new Uuid(2, 2))).hasValue("deleted and created again");
  }

  @Test
  void reportsATopicThatStaysMissing() {
    assertThat(topic.change(ID)).isEmpty();
    assertThat(topic.change(null)).isEmpty();
    assertThat(topic.change(null)).hasValue("deleted");
  }

  @Test
  void reportsAnOptionalTopicThatIsCreatedOnly() {
    TopicIdentity optional = new TopicIdentity(true);
    assertThat(optional.change(null)).isEmpty();
    assertThat(optional.change(null)).isEmpty();
    assertThat(optional.change(null)).isEmpty();
    assertThat(optional.change(ID)).hasValue("created again");
  }

  @Test
  void reportsAnOptionalTopicThatIsDeletedLater() {
    TopicIdentity optional = new TopicIdentity(true);
    assertThat(optional.change(ID)).isEmpty();
    assertThat(optional.change(null)).isEmpty();
    assertThat(optional.change(null)).hasValue("deleted");
  }

  @Test
  void acceptsABrokerThatDoesNotKnowTheTopicYet() {
    assertThat(topic.change(ID)).isEmpty();
    assertThat(topic.change(null)).isEmpty();
    assertThat(topic.change(ID)).isEmpty();
    assertThat(topic.change(null)).isEmpty();
  }

  @Test
  void acceptsBrokersThatDoNotReportIds() {
    assertThat(topic.change(Uuid.ZERO_UUID)).isEmpty();
    assertThat(topic.change(ID)).isEmpty();
    assertThat(topic.change(Uuid.ZERO_UUID)).isEmpty();
  }
}
