using System.Text;

namespace Testbed.Wire.Generator.Emit;

/// <summary>C# being written, line by line, with the indentation kept.</summary>
internal sealed class CodeText
{
    private const int SpacesPerLevel = 4;
    private readonly StringBuilder _text = new();
    private int _level;

    public CodeText Line(string line)
    {
        _text.Append(' ', line.Length == 0 ? 0 : _level * SpacesPerLevel).Append(line).Append('\n');
        return this;
    }

    public CodeText Open(string line)
    {
        Line(line).Line("{");
        _level++;
        return this;
    }

    public CodeText Close(string end = "}")
    {
        _level--;
        return Line(end);
    }

    public CodeText Indent(int levels)
    {
        _level += levels;
        return this;
    }

    public override string ToString() => _text.ToString();
}
