namespace Testbed.Runner.Logs;

/// <summary>One column of a dumped row.</summary>
/// <param name="Name">Of the JSON member.</param>
/// <param name="Column">The column's heading, as wide as the column.</param>
/// <param name="Value">A whole number, true or false, text, or null.</param>
internal readonly record struct DumpField(string Name, string Column, object? Value);
