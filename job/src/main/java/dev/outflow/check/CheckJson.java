package dev.outflow.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes a check for tools: one JSON document with the same steps as the text. */
public final class CheckJson {
  private CheckJson() {}

  /** Returns the document, on several lines. */
  public static String of(CheckReport report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document
        .put("definition", report.definition())
        .put("outcome", report.outcome().toString())
        .put("exit_code", report.exitCode())
        .put("took_ms", report.took().toMillis());
    ArrayNode targets = document.putArray("targets");
    report.targets().forEach(target -> write(target, targets.addObject()));
    return document.toPrettyString();
  }

  private static void write(TargetReport target, ObjectNode to) {
    to.put("target", target.path()).put("about", target.about());
    ArrayNode steps = to.putArray("steps");
    target.steps().forEach(report -> write(report, steps.addObject()));
  }

  private static void write(StepReport report, ObjectNode to) {
    to.put("step", report.step().toString())
        .put("outcome", report.outcome().toString())
        .put("took_ms", report.took().toMillis());
    if (!report.property().isEmpty()) {
      to.put("property", report.property()).put("place", report.place());
    }
    to.put("answer", report.answer());
  }
}
