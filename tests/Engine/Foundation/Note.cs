using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Tests.Engine.Foundation;

/// <summary>A unit of work that writes a line when it runs.</summary>
internal sealed class Note(List<string> lines, string line) : IWork
{
    public void Run(long token) => lines.Add(line);
}
