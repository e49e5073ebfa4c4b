using System;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Testbed.Runner.Logs;

/// <summary>
/// Prints what a file has, row by row: columns under a heading, or one JSON object a line with the members
/// `file` and `kind` first.
/// </summary>
internal sealed class RowPrinter(Output output, bool isJson)
{
    private string _file = "";
    private string _kind = "";    // of the heading printed last

    public bool IsJson => isJson;

    /// <summary>The rows that follow are of this file.</summary>
    public void Begin(string file, long sizeBytes)
    {
        _file = file;
        _kind = "";
        if (!isJson)
        {
            output.WriteLine($"{file}, {sizeBytes} bytes");
        }
    }

    /// <summary>A row of columns; a heading comes before the first of a kind.</summary>
    public void Row(string kind, params ReadOnlySpan<DumpField> fields)
    {
        if (isJson)
        {
            WriteJson(kind, fields.ToArray());
            return;
        }
        if (_kind != kind)
        {
            _kind = kind;
            output.WriteLine(Joined(fields, static field => field.Column));
        }
        output.WriteLine(Joined(fields, static field => Said(field.Value)));
    }

    /// <summary>Something below a row, without a heading.</summary>
    public void Below(string text) => output.WriteLine("  | " + text);

    /// <summary>A line of a text file.</summary>
    public void Line(string text)
    {
        if (isJson)
        {
            WriteJson("line", [new DumpField("text", "", text)]);
        }
        else
        {
            output.WriteLine("  " + text);
        }
    }

    /// <summary>An object with members of the caller's.</summary>
    public void Json(string kind, Action<Utf8JsonWriter> members) => output.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("file", _file);
        json.WriteString("kind", kind);
        members(json);
        json.WriteEndObject();
    });

    private void WriteJson(string kind, DumpField[] fields) => Json(kind, json =>
    {
        foreach (var field in fields)
        {
            Write(json, field);
        }
    });

    private static void Write(Utf8JsonWriter json, in DumpField field)
    {
        switch (field.Value)
        {
            case null:
                json.WriteNull(field.Name);
                break;
            case bool flag:
                json.WriteBoolean(field.Name, flag);
                break;
            case string text:
                json.WriteString(field.Name, text);
                break;
            default:
                json.WriteNumber(field.Name, Convert.ToInt64(field.Value, CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>Numbers to the right of their column, text to the left.</summary>
    private static string Joined(ReadOnlySpan<DumpField> fields, Func<DumpField, string> said)
    {
        var line = new StringBuilder();
        foreach (var field in fields)
        {
            var text = said(field);
            line.Append("  ").Append(field.Value is string or bool or null && !field.Column.StartsWith(' ')
                ? text.PadRight(field.Column.Length)
                : text.PadLeft(field.Column.Length));
        }
        return line.ToString().TrimEnd();
    }

    private static string Said(object? value) => value switch
    {
        null => "-",
        bool flag => flag ? "yes" : "no",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
