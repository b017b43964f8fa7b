package dev.outflow.local.preview;

import dev.outflow.compose.ComposedJob;
import java.util.List;

/** Shows a preview. */
interface PreviewView {
  /** Shows what has arrived since the last call. */
  void show(List<PreviewEvent> arrived, PreviewStatus status);

  /** Shows the totals of a job. */
  void end(ComposedJob job, PreviewStatus status);

  /** Returns whether the reader has closed the output. */
  boolean isClosed();
}
