package dev.outflow.asa.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses a script. A statement that is not valid does not keep the others from being parsed. */
public final class ScriptParser {
  private final String text;
  private final TokenCursor tokens;
  private final ExpressionParser expressions;
  private final SelectParser selects;
  private final List<Script.Table> tables = new ArrayList<>();
  private final List<Script.Step> steps = new ArrayList<>();
  private final List<Script.Statement> statements = new ArrayList<>();
  private final List<SyntaxError> errors = new ArrayList<>();

  private ScriptParser(String text) {
    this.text = text;
    this.tokens = new TokenCursor(Lexer.tokens(text));
    this.expressions = new ExpressionParser(tokens);
    this.selects = new SelectParser(tokens, expressions);
  }

  /** Returns the tree, with the errors of what could not be parsed. Never fails. */
  public static Script parse(String text) {
    return new ScriptParser(text).script();
  }

  private Script script() {
    while (tokens.peek().kind() != Token.Kind.END) {
      int start = tokens.index();
      try {
        statement();
      } catch (TokenCursor.SyntaxException e) {
        errors.add(e.error());
        recover(start);
      }
    }
    if (statements.isEmpty() && steps.isEmpty() && tables.isEmpty() && errors.isEmpty()) {
      errors.add(new SyntaxError(Position.START, "contains no SELECT"));
    }
    return new Script(tables, steps, statements, errors);
  }

  private void statement() {
    if (tokens.skip(";")) {
      return;
    }
    if (tokens.isAt("CREATE")) {
      createTable();
    } else if (tokens.skip("WITH")) {
      do {
        step();
      } while (tokens.skip(","));
    } else if (tokens.isAt("SELECT") || tokens.isAt("(")) {
      int from = tokens.peek().at().offset();
      Query query = selects.query();
      if (!endsStatement()) {
        throw tokens.expected("the next statement");
      }
      statements.add(new Script.Statement(into(query), query, text.substring(from, tokens.end())));
    } else {
      throw tokens.expected("SELECT, WITH or CREATE TABLE");
    }
  }

  private boolean endsStatement() {
    return tokens.peek().kind() == Token.Kind.END
        || tokens.isAt(";")
        || tokens.isAt("SELECT")
        || tokens.isAt("WITH")
        || tokens.isAt("CREATE")
        || tokens.isAt("(", "SELECT");
  }

  private void step() {
    Name name = tokens.expectName("the name of a step");
    tokens.expect("AS");
    tokens.expect("(");
    int from = tokens.peek().at().offset();
    Query query = selects.query();
    String written = text.substring(from, tokens.end());
    tokens.expect(")");
    steps.add(new Script.Step(name, query, written));
  }

  private void createTable() {
    Position at = tokens.expect("CREATE", "TABLE").at();
    Name name = tokens.expectName("the name of an input");
    tokens.expect("(");
    List<Script.Column> columns = new ArrayList<>();
    do {
      columns.add(new Script.Column(tokens.expectName("a column"), expressions.type()));
    } while (tokens.skip(","));
    tokens.expect(")");
    tables.add(new Script.Table(name, columns, at));
  }

  /** INTO is written in the first SELECT of a UNION. */
  private static Optional<Name> into(Query query) {
    if (query instanceof Query.Union union) {
      return into(union.left()).or(() -> into(union.right()));
    }
    return query instanceof Query.Select select ? select.into() : Optional.empty();
  }

  /** Skips to the next statement: a SELECT outside of parentheses that is not part of a UNION. */
  private void recover(int start) {
    int failed = tokens.index();
    tokens.moveTo(start);
    int open = 0;
    while (tokens.peek().kind() != Token.Kind.END) {
      boolean after = tokens.index() > Math.max(start, failed - 1);
      boolean union = tokens.index() > 0 && isUnion(tokens.index() - 1);
      if (after && (tokens.isAt(";") || (open <= 0 && isStart() && !union))) {
        return;
      }
      Token token = tokens.next();
      open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }
  }

  private boolean isStart() {
    return tokens.isAt("SELECT") || tokens.isAt("WITH") || tokens.isAt("CREATE", "TABLE");
  }

  private boolean isUnion(int index) {
    int here = tokens.index();
    tokens.moveTo(index);
    boolean union = tokens.isAt("UNION") || tokens.isAt("ALL");
    tokens.moveTo(here);
    return union;
  }
}
