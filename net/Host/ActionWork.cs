using System;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>A delegate as a unit of work, for callers outside the engine.</summary>
internal sealed class ActionWork(Action action) : IWork
{
    public void Run(long token) => action();
}
