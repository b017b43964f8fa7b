package dev.outflow.asa.translation;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Expression.Call;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Properties of messages, which are headers of their records: {@code IoTHub.ConnectionDeviceId} of
 * messages that IoT Hub routes to an event hub, and {@code GetMetadataPropertyValue}.
 */
final class Headers {
  /** Begins the name by which an input's columns find a header; no name in a query does. */
  static final String COLUMN = "header\n";

  private static final String IOT_HUB = "iothub";
  private static final String EVENT_ID = "EventId";
  private static final Map<String, String> SYSTEM_PROPERTIES =
      Map.of(
          "connectiondeviceid", "iothub-connection-device-id",
          "connectiondevicegenerationid", "iothub-connection-auth-generation-id");
  private static final Pattern USER_PROPERTY =
      Pattern.compile("\\[?User]?\\.\\[?([^\\]]+)]?", Pattern.CASE_INSENSITIVE);

  private Headers() {}

  /** Returns the header that a name of a column asks for. */
  static String header(Name column) {
    return column.text().substring(COLUMN.length());
  }

  /** Returns the header that a column of ASA stands for, if it is one. */
  static Optional<Sql> of(Expression.Column column, Expressions in) {
    List<Name> path = column.path();
    int hub = path.size() - 2;
    if (hub < 0 || hub > 1 || !path.get(hub).key().equals(IOT_HUB)) {
      return Optional.empty();
    }
    Optional<Relation> relation =
        hub == 1 ? in.scope().relation(path.get(0)) : in.scope().relations().stream().findFirst();
    String property = SYSTEM_PROPERTIES.get(path.get(hub + 1).key());
    if (property == null) {
      throw new Untranslatable(
          column.at(),
          "IoTHub.%s: name the header of the routed message as a column METADATA FROM 'headers.NAME'"
              .formatted(path.get(hub + 1).text()),
          Section.HEADERS);
    }
    return Optional.of(header(property, relation, column, in));
  }

  /** Returns {@code GetMetadataPropertyValue(input, '[User].[name]')}, or {@code 'EventId'}. */
  static Sql property(Call call, Expressions in) {
    Expression input = Functions.argument(call, 2, 0);
    Optional<Relation> relation =
        input instanceof Expression.Column column && column.path().size() == 1
            ? in.scope().relation(column.path().get(0))
            : Optional.empty();
    if (call.arguments().get(1) instanceof Expression.Text name) {
      Matcher user = USER_PROPERTY.matcher(name.value());
      if (user.matches()) {
        return header(user.group(1), relation, call, in);
      }
      if (name.value().equalsIgnoreCase(EVENT_ID)) {
        return eventId(relation, call, in);
      }
    }
    throw new Untranslatable(
        call.at(),
        "GetMetadataPropertyValue is supported for '[User].[name]', which is a header, and 'EventId'; for"
            + " others, use METADATA columns such as 'partition', 'offset' and 'timestamp'",
        Section.HEADERS);
  }

  /** Returns partition and offset, which no other record of the input has. */
  private static Sql eventId(Optional<Relation> relation, Call call, Expressions in) {
    String partition = column(MetadataColumns.PARTITION, relation, call).sql();
    String offset = column(MetadataColumns.OFFSET, relation, call).sql();
    in.notes()
        .differsOnce(
            call.at(),
            "EventId is the partition and the offset of the record, such as 3-1042; ASA formats it differently",
            Section.HEADERS);
    return Sql.of(
        "(CAST(%s AS STRING) || '-' || CAST(%s AS STRING))".formatted(partition, offset),
        ColumnType.Scalar.STRING);
  }

  private static Field column(String name, Optional<Relation> relation, Expression written) {
    return relation
        .flatMap(of -> of.find(new Name(name, written.at())))
        .orElseThrow(
            () ->
                new Untranslatable(
                    written.at(),
                    "properties of messages are columns of inputs only",
                    Section.HEADERS));
  }

  private static Sql header(
      String header, Optional<Relation> relation, Expression written, Expressions in) {
    Field column = column(COLUMN + header, relation, written);
    in.notes()
        .decideOnce(
            written.at(),
            "'%s' is read from the header '%s'; check its name in a record"
                .formatted(column.name(), header));
    return new Sql(
        column.sql(), Optional.of(column.slot().type()), Optional.of(column.slot()), false);
  }
}
