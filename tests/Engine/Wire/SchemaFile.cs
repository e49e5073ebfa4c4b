using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Testbed.Tests.Engine.Wire;

/// <summary>A schema file in memory, as the compiler hands it to the generator.</summary>
public sealed class SchemaFile(string name, string text) : AdditionalText
{
    public override string Path => $"/engine/Wire/Schemas/{name}.txt";

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(
        text);
}
