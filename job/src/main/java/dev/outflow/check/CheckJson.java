package dev.outflow.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A check for tools: one JSON document with the same steps as the text. */
public final class CheckJson {
  private CheckJson() {}

  /** The document, on several lines. */
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
    target.steps().forEach(step -> write(step, steps.addObject()));
  }

  private static void write(Step step, ObjectNode to) {
    to.put("step", step.name())
        .put("outcome", step.outcome().toString())
        .put("took_ms", step.took().toMillis());
    if (!step.property().isEmpty()) {
      to.put("property", step.property()).put("place", step.place());
    }
    to.put("answer", step.answer());
  }
}
