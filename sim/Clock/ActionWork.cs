using System;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>A unit of work that is a closure; for the world's owner, who does few things.</summary>
internal sealed class ActionWork(Action action) : IWork
{
    public void Run(long token) => action();
}
