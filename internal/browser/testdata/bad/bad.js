document.cookie = 'seen=yes';
localStorage.setItem('seen', 'yes');
document.getElementById('scripted').textContent = 'Only JavaScript says this.';
document.querySelector('.trap').addEventListener('keydown', (e) => e.key === 'Tab' && e.preventDefault());
console.error('something went wrong');
requestAnimationFrame(() => setTimeout(() => { document.getElementById('chart').style.marginTop = '15rem'; }, 20));
