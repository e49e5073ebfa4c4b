using System;
using System.Collections.Generic;

namespace Testbed.Wire.Generator.Emit;

/// <summary>Puts neighbouring fields with the same condition on the version under one `if`.</summary>
internal sealed class Sections(CodeText code)
{
    private readonly List<Action> _bodies = [];
    private readonly List<string> _otherwise = [];
    private string? _condition;

    /// <summary>
    /// Null for a condition: always. <paramref name="otherwise"/>: a statement for when it does not hold.
    /// </summary>
    public void Add(string? condition, Action? body, string? otherwise = null)
    {
        if (condition != _condition)
        {
            Flush();
            _condition = condition;
        }
        if (body is not null)
        {
            _bodies.Add(body);
        }
        if (otherwise is not null)
        {
            _otherwise.Add(otherwise);
        }
    }

    public void Flush()
    {
        if (_condition is null)
        {
            _bodies.ForEach(static body => body());
        }
        else
        {
            EmitBranches(_condition);
        }
        _bodies.Clear();
        _otherwise.Clear();
        _condition = null;
    }

    private void EmitBranches(string condition)
    {
        if (_bodies.Count > 0)
        {
            code.Open($"if ({condition})");
            _bodies.ForEach(static body => body());
            code.Close();
        }
        if (_otherwise.Count > 0)
        {
            code.Open(_bodies.Count > 0 ? "else" : $"if (!({condition}))");
            _otherwise.ForEach(line => code.Line(line));
            code.Close();
        }
    }
}
